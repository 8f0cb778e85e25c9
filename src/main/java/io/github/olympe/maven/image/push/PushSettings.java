package io.github.olympe.maven.image.push;

import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.image.RepositoryNames;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What pushing depends on, besides the build and the images.
 *
 * @param names where images go that were assembled without a registry
 * @param branches which builds push
 * @param codeAsData whether the code as data is pushed, too
 * @param dryRun whether nothing is sent
 * @param drawVersion the version of Draw that the project is built with; where the project is not there, {@code build.env} has it
 * @param folder the folder {@code target/olympe}
 */
public record PushSettings(
        RepositoryNames names,
        DeployBranches branches,
        boolean codeAsData,
        boolean dryRun,
        Optional<String> drawVersion,
        Path folder) {}
