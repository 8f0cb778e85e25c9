package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A project as a build finds it.
 *
 * @param unknown why a build may read something else, too; empty if these files and packages are all of it
 * @param files the project's files, whatever git ignores, without what builds make
 * @param packages a digest of the paths, sizes and times of the files in {@code node_modules}, which changes when somebody edits one
 */
public record KnownProject(Optional<String> unknown, Set<Path> files, String packages) {

    public KnownProject {
        files = Set.copyOf(files);
    }

    static KnownProject unknown(String reason) {
        return new KnownProject(Optional.of(reason), Set.of(), "");
    }
}
