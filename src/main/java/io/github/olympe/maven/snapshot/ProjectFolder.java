package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The project's folder of patches. A snapshot replaces the folders of its root tags there, all of them or none, and touches nothing
 * else.
 *
 * <p>The new folders are first made ready in a folder {@value #WORK} of the project, where the old ones also go until the last new one is
 * in place; it is beside the project's own files, and not under {@code target}, so that they are renamed and never copied half, and that
 * cleaning after an interruption deletes no snapshot. What an interrupted replacement left there is put back by the next run.
 */
final class ProjectFolder {

    static final String WORK = ".olympe-snapshot";

    private final Path project;
    private final OutputDirectory output;
    private final Path folder;

    /** Ready to take the place of what is there. */
    private final Path incoming;

    /** What was there, as long as not everything is replaced. */
    private final Path outgoing;

    /** What was there, after everything was replaced. */
    private final Path outdated;

    ProjectFolder(Path project, OutputDirectory output) {
        this.project = project;
        this.output = output;
        this.folder = output.in(project);
        Path work = project.resolve(WORK).resolve(encoded(output));
        this.incoming = work.resolve("new");
        this.outgoing = work.resolve("old");
        this.outdated = work.resolve("outdated");
    }

    /** The output directory as the name of a folder. */
    private static String encoded(OutputDirectory output) {
        return output.names().isEmpty()
                ? "%"
                : output.path().replace("%", "%25").replace("/", "%2F");
    }

    private static String decoded(Path folder) {
        String name = folder.getFileName().toString();
        return name.equals("%") ? "." : name.replace("%2F", "/").replace("%25", "%");
    }

    /** All folders of a project in which a replacement was interrupted. */
    static List<ProjectFolder> interrupted(Path project) throws IOException {
        Path work = project.resolve(WORK);
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(work)) {
            return folders.map(folder -> new ProjectFolder(project, OutputDirectory.of(decoded(folder))))
                    .toList();
        }
    }

    /** Why patches cannot be written there: what stands in the way, as the end of a sentence. */
    static Optional<String> obstacle(Path project, OutputDirectory output, List<String> rootTags) {
        Path path = project;
        for (String name : output.names()) {
            path = path.resolve(name);
            Optional<String> obstacle = obstacle(project, path);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        Path folder = path;
        return rootTags.stream()
                .flatMap(tag -> obstacle(project, folder.resolve(tag)).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(Path project, Path path) {
        if (Files.isSymbolicLink(path)) {
            return Optional.of("passes through the symbolic link '" + project.relativize(path)
                    + "'; give a folder that is reached without one");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("passes through '" + project.relativize(path)
                    + "', which is a file; give another folder, or delete it");
        }
        return Optional.empty();
    }

    /** How many files the folders of these root tags have. */
    int size(Iterable<String> rootTags) {
        int size = 0;
        try {
            for (String tag : rootTags) {
                size += FileTree.files(folder.resolve(tag)).size();
            }
        } catch (IOException e) {
            throw cannotRead(e);
        }
        return size;
    }

    /** What {@link #replace} would change. */
    Changes compare(StagedSnapshot snapshot) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        try {
            for (Map.Entry<String, SortedMap<String, Path>> rootTag :
                    snapshot.rootTags().entrySet()) {
                SortedMap<String, Path> old = FileTree.files(folder.resolve(rootTag.getKey()));
                for (Map.Entry<String, Path> file : rootTag.getValue().entrySet()) {
                    String path = output.path(rootTag.getKey() + "/" + file.getKey());
                    Path before = old.remove(file.getKey());
                    if (before == null) {
                        added.add(path);
                    } else if (!Files.isRegularFile(before, LinkOption.NOFOLLOW_LINKS)
                            || Files.mismatch(before, file.getValue()) >= 0) {
                        changed.add(path);
                    }
                }
                old.keySet().forEach(file -> deleted.add(output.path(rootTag.getKey() + "/" + file)));
            }
        } catch (IOException e) {
            throw cannotRead(e);
        }
        return new Changes(added, changed, deleted);
    }

    /**
     * Puts the snapshot's root-tag folders in the place of those that are there. Those that are alike already stay as they are.
     *
     * @return what changed
     * @throws OlympeException if it cannot be done; everything is then as it was
     */
    Changes replace(StagedSnapshot snapshot) {
        obstacle(project, output, snapshot.entry().rootTags()).ifPresent(obstacle -> {
            throw new OlympeException(String.format(
                    "%s: the key 'snapshooter.outputDir' has the value '%s', which %s.",
                    snapshot.entry().source(), output.written(), obstacle));
        });
        Changes changes = compare(snapshot);
        if (changes.isEmpty()) {
            return changes;
        }
        List<String> tags = snapshot.rootTags().keySet().stream()
                .filter(tag -> differs(tag, changes))
                .toList();
        try {
            recover();
            makeReady(snapshot, tags);
            exchange(tags);
            // From here on the new snapshot counts.
            Files.move(outgoing, outdated, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                recover();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw new OlympeException(
                    String.format(
                            "The snapshot '%s' cannot be written to '%s' (%s); check the folder's rights and the space on the disk. The old one is"
                                    + " still there, and the new one is kept in '%s'.",
                            snapshot.entry().name(), folder, e, snapshot.folder()),
                    e);
        }
        try {
            recover();
        } catch (IOException e) {
            // Only leftovers: the next run deletes them.
        }
        return changes;
    }

    /** Copies, so that the staged folder stays where it is and can be pointed to if anything fails. */
    private void makeReady(StagedSnapshot snapshot, List<String> tags) throws IOException {
        Files.createDirectories(incoming);
        for (String tag : tags) {
            if (snapshot.hasPatches(tag)) {
                FileTree.copy(snapshot.folder().resolve(tag), incoming.resolve(tag));
            }
        }
    }

    private void exchange(List<String> tags) throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(outgoing);
        for (String tag : tags) {
            Path place = folder.resolve(tag);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                move(place, outgoing.resolve(tag));
            } else {
                // An empty file says that there was no folder.
                Files.createFile(outgoing.resolve(tag));
            }
            if (Files.exists(incoming.resolve(tag), LinkOption.NOFOLLOW_LINKS)) {
                move(incoming.resolve(tag), place);
            }
        }
    }

    /** Ends what an interrupted replacement began: puts the old folders back where not all had been replaced, and deletes leftovers. */
    void recover() throws IOException {
        FileTree.delete(outdated);
        if (Files.isDirectory(outgoing)) {
            List<Path> old;
            try (Stream<Path> tags = Files.list(outgoing)) {
                old = tags.toList();
            }
            Files.createDirectories(folder);
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
            FileTree.delete(outgoing);
        }
        FileTree.delete(incoming);
        for (Path work = incoming.getParent(); work != null && !work.equals(project); work = work.getParent()) {
            if (!Files.isDirectory(work) || !isEmpty(work)) {
                return;
            }
            Files.delete(work);
        }
    }

    private boolean differs(String tag, Changes changes) {
        String prefix = output.path(tag + "/");
        return Stream.of(changes.added(), changes.changed(), changes.deleted())
                .flatMap(List::stream)
                .anyMatch(path -> path.startsWith(prefix));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("'" + from + "' and '" + to + "' are on different file systems", e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            return content.findAny().isEmpty();
        }
    }

    private OlympeException cannotRead(IOException e) {
        return new OlympeException("The folder '" + folder + "' cannot be read; check its rights.", e);
    }
}
