package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a project that builds create. Comparing the project's files would not notice changes there.
 *
 * @param project the project's folder
 * @param outputs the folders that webpack creates
 * @param others all other folders that are not inputs, such as {@code target}
 */
public record BuiltFolders(Path project, Collection<Path> outputs, Collection<Path> others) {

    public BuiltFolders {
        outputs = List.copyOf(outputs);
        others = List.copyOf(others);
    }

    /**
     * Returns whether the path is in one of the folders, except outputs and the folders above them, which a webpack configuration has to
     * name.
     */
    boolean have(Path path) {
        return read(path) && outputs.stream().noneMatch(output -> output.startsWith(path));
    }

    /** Returns whether the path is one of the folders or inside one. */
    boolean read(Path path) {
        return Stream.concat(outputs.stream(), others.stream()).anyMatch(path::startsWith);
    }
}
