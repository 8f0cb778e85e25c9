package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.InvalidParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The output folder of a build step. It is removed before the step, so that old output is not mistaken for the result, and again if the
 * step fails.
 *
 * @param project the project's folder, which contains it
 * @param folder the folder
 * @param parameter the parameter that names it, such as {@code frontend.source}
 * @param without folders inside it that other steps make, which do not belong to it
 * @param codeAsData whether it is the code as data that the toolkit gathers
 */
public record BuildOutput(Path project, Path folder, String parameter, List<Path> without, boolean codeAsData) {

    /**
     * Checks the folder.
     *
     * @throws OlympeException if it is not a separate folder in the project, since it will be removed
     */
    public BuildOutput {
        project = project.toAbsolutePath().normalize();
        folder = project.resolve(folder).normalize();
        without = List.copyOf(without);
        Path relative = folder.startsWith(project) ? project.relativize(folder) : Path.of("");
        if (relative.toString().isEmpty() || isSource(project, folder)) {
            throw InvalidParameter.of(
                    parameter,
                    folder,
                    "A build step empties its output first. Give it a folder of its own in '" + project
                            + "', such as 'dist/web'.");
        }
    }

    /** Returns this output for a step that also makes the folder of another output inside it. */
    public BuildOutput with(BuildOutput other) {
        List<Path> others =
                without.stream().filter(folder -> !folder.equals(other.folder)).toList();
        return new BuildOutput(project, folder, parameter, others, codeAsData);
    }

    /** Returns whether removing the folder would remove sources of the project. */
    private static boolean isSource(Path project, Path folder) {
        return Stream.of(".git", "node_modules", "snapshot", "src", "res")
                .map(project::resolve)
                .anyMatch(source -> source.startsWith(folder) || folder.startsWith(source));
    }

    /** Removes the folder with everything in it, except the output of other steps. */
    void remove(GitProgram git) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (isReachedByLink()) {
            throw InvalidParameter.of(
                    parameter,
                    folder,
                    "A symbolic link leads elsewhere from there, but a build step empties its output first. Remove the link, or"
                            + " give it another folder.");
        }
        if (ProjectFiles.hasTracked(folder, git)) {
            throw InvalidParameter.of(
                    parameter,
                    folder,
                    "Git tracks files there, but a build step empties its output first. Give it a folder of its own, or take"
                            + " those files out of git.");
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                if (without.stream().noneMatch(other -> path.startsWith(other) || other.startsWith(path))) {
                    Files.delete(path);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new OlympeException(
                    "The folder '" + folder + "' cannot be removed (" + e
                            + "); check its permissions, and which program has it open.",
                    e);
        }
    }

    /**
     * Fails unless the folder exists and has files. For code as data, each folder that {@code import_order.json} names must exist too,
     * except those of packages without code as data.
     *
     * @param step the command that should have made it, such as {@code npm run build:draw}
     * @param workspace where packages are installed
     */
    void check(String step, Workspace workspace) {
        if (!Files.isDirectory(folder)) {
            throw new OlympeException("'" + step + "' succeeded but made no folder '" + project.relativize(folder)
                    + "'; let it write there, or set the parameter '" + parameter + "' to the folder that it makes.");
        }
        if (isEmpty()) {
            throw new OlympeException("'" + step + "' succeeded but left the folder '" + project.relativize(folder)
                    + "' empty; let it write there, or set the parameter '" + parameter
                    + "' to the folder that it makes.");
        }
        if (codeAsData) {
            new ImportOrder(workspace, folder).check(step);
        }
    }

    private boolean isReachedByLink() {
        Path parent = folder.resolve("..").normalize();
        try {
            return !parent.toRealPath().equals(project.toRealPath().resolve(project.relativize(parent)));
        } catch (IOException e) {
            throw new OlympeException("The folder '" + parent + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    private boolean isEmpty() {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .noneMatch(file -> without.stream().noneMatch(file::startsWith));
        } catch (IOException | UncheckedIOException e) {
            throw new OlympeException("The folder '" + folder + "' cannot be read (" + e + "); check its rights.", e);
        }
    }
}
