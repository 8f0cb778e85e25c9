package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a project before a build.
 *
 * @param unknown why a build may also read something else; empty if it reads only these files and packages
 * @param files the project's files, including those that git ignores, without build output
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
