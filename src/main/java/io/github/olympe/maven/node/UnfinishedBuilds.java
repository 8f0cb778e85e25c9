package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Marks of build steps that have begun but not ended. A killed step leaves incomplete outputs and its mark: a file
 * {@code <step>.unfinished} that names its command and its outputs. Outputs that were built in another way have no mark.
 *
 * @param folder the folder of the marks, {@code target/olympe/build}
 */
public record UnfinishedBuilds(Path folder) {

    private static final String ENDING = ".unfinished";

    /** Marks a step that is about to change its outputs. */
    void begin(BuildStep step) {
        if (!step.outputs().isEmpty()) {
            List<String> lines = new ArrayList<>(List.of(step.shown()));
            step.outputs()
                    .forEach(output -> lines.add(
                            output.project().relativize(output.folder()).toString()));
            AtomicFile.write(mark(step), String.join("\n", lines) + "\n");
        }
    }

    /** Removes the mark: the outputs are complete or gone. */
    void end(BuildStep step) {
        Path mark = mark(step);
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + mark + "' cannot be deleted (" + e + "); check the folder's permissions.", e);
        }
    }

    private Path mark(BuildStep step) {
        return folder.resolve(step.name().replace(' ', '-') + ENDING);
    }

    /**
     * Fails if a step was interrupted while it made a folder, one in it, or one that it is in.
     *
     * @param project the project's folder
     * @param output the folder that is to be packed
     * @throws OlympeException if so
     */
    public void requireFinished(Path project, Path output) {
        for (Path mark : marks()) {
            List<String> lines = read(mark);
            for (String name : lines.subList(Math.min(1, lines.size()), lines.size())) {
                Path unfinished = project.resolve(name).normalize();
                if (unfinished.startsWith(output) || output.startsWith(unfinished)) {
                    throw new OlympeException(
                            "The folder '" + unfinished + "' may be incomplete, because '" + lines.get(0)
                                    + "' was interrupted or still runs; build it again, or delete '" + mark
                                    + "' if it has been built since without the plugin.");
                }
            }
        }
    }

    private List<Path> marks() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<String> read(Path mark) {
        try {
            return Files.readAllLines(mark);
        } catch (IOException e) {
            throw unreadable(mark, e);
        }
    }

    private static OlympeException unreadable(Path path, IOException e) {
        return new OlympeException("The marks of builds in '" + path + "' cannot be read (" + e + "); delete it.", e);
    }
}
