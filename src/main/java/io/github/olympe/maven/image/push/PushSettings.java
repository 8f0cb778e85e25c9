package io.github.olympe.maven.image.push;

import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.image.RepositoryNames;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings for a push, without the build and the images.
 *
 * @param names the names in the registry for images that were assembled without one
 * @param branches the branches whose builds push
 * @param codeAsData whether the code as data is pushed too
 * @param dryRun whether to send nothing
 * @param drawVersion the version of Draw that the project is built with; if the project is not there, the one in {@code build.env} counts
 * @param folder the folder {@code target/olympe}
 */
public record PushSettings(
        RepositoryNames names,
        DeployBranches branches,
        boolean codeAsData,
        boolean dryRun,
        Optional<String> drawVersion,
        Path folder) {}
