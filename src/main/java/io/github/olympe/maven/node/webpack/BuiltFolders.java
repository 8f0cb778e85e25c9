package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a project that are made by builds: what a build reads there, no comparison of the project's files would notice.
 *
 * @param project the project's folder
 * @param outputs the folders that webpack makes
 * @param others all other folders that are no input, such as {@code target}
 */
public record BuiltFolders(Path project, Collection<Path> outputs, Collection<Path> others) {

    public BuiltFolders {
        outputs = List.copyOf(outputs);
        others = List.copyOf(others);
    }

    /** Whether the path is in one of the folders, other than an output and what it is in: a configuration of webpack has to name those. */
    boolean have(Path path) {
        return read(path) && outputs.stream().noneMatch(output -> output.startsWith(path));
    }

    /** Whether the path is one of the folders or in it. */
    boolean read(Path path) {
        return Stream.concat(outputs.stream(), others.stream()).anyMatch(path::startsWith);
    }
}
