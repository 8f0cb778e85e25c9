package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.git.GitIndex;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a killed replacement of a project's patches leaves in {@value #WORK}: the old folders of the root tags. They are put back if not all
 * of them had been replaced.
 *
 * <p>A repository may contain anything, including this folder. So files that git tracks never count as leftovers, links are not followed,
 * and anything that does not look like a leftover is an error.
 *
 * @param project the project's folder, absolute
 * @param output the folder of the patches in the project
 */
record InterruptedReplacement(Path project, OutputDirectory output) {

    static final String WORK = ".olympe-snapshot";

    /** The new folders, before they replace the old ones. */
    static final String NEW = "new";

    /** The old folders until everything is replaced; an empty file if there was no folder. */
    static final String OLD = "old";

    /** The old folders after everything was replaced. */
    static final String OUTDATED = "outdated";

    private static final Pattern TAG = Pattern.compile("[0-9A-Za-z]{1,100}");

    /**
     * Finds the interrupted replacements of a project.
     *
     * @throws OlympeException if something else is in the place of one
     */
    static List<InterruptedReplacement> in(Path project) {
        Path work = project.resolve(WORK);
        List<InterruptedReplacement> found = new ArrayList<>();
        for (Path folder : list(work)) {
            String name = FileNames.text(folder.getFileName());
            OutputDirectory output = OutputDirectory.of(decoded(name), problem -> {})
                    .filter(decoded -> encoded(decoded).equals(name))
                    .orElseThrow(() -> notALeftover(folder, "it has another name"));
            found.add(new InterruptedReplacement(project, output));
        }
        return found;
    }

    /**
     * Returns whether there may be leftovers of a killed replacement.
     *
     * @throws OlympeException if it is unknown what git tracks
     */
    static boolean isThere(Path project) {
        return Files.exists(project.resolve(WORK), LinkOption.NOFOLLOW_LINKS) && !isTracked(project);
    }

    /**
     * Makes sure that the folder is free for a replacement.
     *
     * @throws OlympeException if git tracks something in it, or if that is unknown
     */
    static void requireUntracked(Path project) {
        if (Files.exists(project.resolve(WORK), LinkOption.NOFOLLOW_LINKS) && isTracked(project)) {
            throw new OlympeException(String.format(
                    "The folder '%s' is tracked by git, but snapshots need it while they replace the project's patches. Remove it with"
                            + " 'git rm -r %s', and commit that.",
                    project.resolve(WORK), WORK));
        }
    }

    private static boolean isTracked(Path project) {
        return GitIndex.tracks(project, WORK)
                .orElseThrow(() -> notALeftover(project.resolve(WORK), "it is unknown whether git tracks it"));
    }

    /** Returns the working folder for the replacement of these patches. */
    static Path folder(Path project, OutputDirectory output) {
        return FileNames.resolve(project.resolve(WORK), encoded(output));
    }

    private static String encoded(OutputDirectory output) {
        return output.names().isEmpty()
                ? "%"
                : output.path().replace("%", "%25").replace("/", "%2F");
    }

    private static String decoded(String name) {
        return name.equals("%") ? "." : name.replace("%2F", "/").replace("%25", "%");
    }

    /**
     * Puts the old folders back if not all had been replaced, and deletes the rest.
     *
     * @throws OlympeException if the folder contains something else than leftovers; nothing is then changed
     */
    void putBack() throws IOException {
        Path work = folder(project, output);
        List<Path> old = list(work.resolve(OLD));
        check(work, old);
        FileTree.delete(work.resolve(OUTDATED));
        Path incoming = work.resolve(NEW);
        if (!old.isEmpty()) {
            Path folder = Files.createDirectories(output.in(project));
            for (Path tag : old) {
                Path place = folder.resolve(tag.getFileName());
                FileTree.delete(incoming.resolve(tag.getFileName()));
                if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(incoming);
                    move(place, incoming.resolve(tag.getFileName()));
                }
                if (Files.isDirectory(tag, LinkOption.NOFOLLOW_LINKS)) {
                    move(tag, place);
                }
            }
        }
        if (Files.isDirectory(work.resolve(OLD), LinkOption.NOFOLLOW_LINKS)) {
            // From here on it counts as put back, whichever is deleted first.
            move(work.resolve(OLD), work.resolve(OUTDATED));
        }
        FileTree.delete(work);
        if (list(project.resolve(WORK)).isEmpty()) {
            Files.deleteIfExists(project.resolve(WORK));
        }
    }

    private void check(Path work, List<Path> old) throws IOException {
        for (Path entry : list(work)) {
            if (!List.of(NEW, OLD, OUTDATED).contains(entry.getFileName().toString())) {
                throw notALeftover(entry, "it has another name");
            }
            list(entry); // Not a link.
        }
        List<String> tags = new ArrayList<>();
        for (Path tag : old) {
            String name = tag.getFileName().toString();
            boolean folder = Files.isDirectory(tag, LinkOption.NOFOLLOW_LINKS);
            boolean mark = Files.isRegularFile(tag, LinkOption.NOFOLLOW_LINKS) && Files.size(tag) == 0;
            if (!TAG.matcher(name).matches() || !(folder || mark)) {
                throw notALeftover(tag, "it is not the folder of a root tag");
            }
            tags.add(name);
        }
        Optional<String> obstacle = output.obstacle(project, tags);
        if (obstacle.isPresent()) {
            throw notALeftover(work, "its folder '" + output.path() + "' " + obstacle.get());
        }
    }

    /** Lists a folder, empty if it does not exist. A link or a file in its place is an error. */
    private static List<Path> list(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw notALeftover(folder, "it is not a folder");
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw notALeftover(folder, Reason.of(e));
        }
    }

    private static OlympeException notALeftover(Path path, String why) {
        return new OlympeException(String.format(
                "The path '%s' is not what an interrupted snapshot leaves there (%s). Look at it, and delete the folder '%s' if nothing in it is"
                        + " needed.",
                path, why, WORK));
    }

    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("'" + from + "' and '" + to + "' are on different file systems", e);
        }
    }
}
