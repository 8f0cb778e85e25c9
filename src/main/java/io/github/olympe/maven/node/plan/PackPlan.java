package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.node.npm.LibraryPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tarball of a built library.
 *
 * @param npm npm in the project
 * @param folder the folder of the built library
 * @param registry the parameter {@code npmRegistry}
 * @param announced the package as far as the project's own package.json shows before the build
 * @param outputDirectory the folder {@code target/olympe}, for the tarball
 */
public record PackPlan(
        NpmPlan npm, Path folder, Optional<String> registry, Optional<LibraryPackage> announced, Path outputDirectory)
        implements Plan {

    /**
     * Makes the plan.
     *
     * @throws OlympeException if there is no usable package.json, or the registry is not the URL of one
     */
    public static PackPlan of(NpmPlan npm, Path folder, Optional<String> registry, Path outputDirectory) {
        Optional<LibraryPackage> announced = LibraryPackage.announcedBy(PackageJson.read(npm.project()), registry);
        return new PackPlan(npm, folder, registry, announced, outputDirectory);
    }

    @Override
    public List<String> describe() {
        return List.of("library: a tarball of " + npm.project().relativize(folder) + " in " + outputDirectory);
    }

    /** Returns the package in the folder, once it is built. */
    LibraryPackage library() {
        return LibraryPackage.in(folder, registry, PackageJson.read(npm.project()));
    }

    /** Makes the tarball and returns it. */
    public Path run(NodeSession session) {
        return pack(library(), session);
    }

    Path pack(LibraryPackage library, NodeSession session) {
        new UnfinishedBuilds(outputDirectory.resolve("build")).requireFinished(npm.project(), folder);
        return library.pack(npm.npm(session), folder, outputDirectory);
    }
}
