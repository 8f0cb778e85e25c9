package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The project's folder of patches. A snapshot replaces the folders of its root tags there, either all or none, and changes nothing else.
 *
 * <p>The new folders are first written to the folder {@value InterruptedReplacement#WORK} of the project. The old ones are moved there
 * until the last new one is in place. The folder is beside the project's own files and not under {@code target}, so that folders are
 * renamed instead of copied, and cleaning after an interruption deletes no snapshot. The next run puts back what an interrupted replacement
 * left there ({@link InterruptedReplacement}).
 */
final class ProjectFolder {

    private final Path project;
    private final OutputDirectory output;
    private final Path folder;

    /** The new folders, before they replace the old ones. */
    private final Path incoming;

    /** The old folders until everything is replaced. */
    private final Path outgoing;

    /** The old folders after everything was replaced. */
    private final Path outdated;

    ProjectFolder(Path project, OutputDirectory output) {
        this.project = project;
        this.output = output;
        this.folder = output.in(project);
        Path work = InterruptedReplacement.folder(project, output);
        this.incoming = work.resolve(InterruptedReplacement.NEW);
        this.outgoing = work.resolve(InterruptedReplacement.OLD);
        this.outdated = work.resolve(InterruptedReplacement.OUTDATED);
    }

    /** Returns the number of files in the folders of these root tags. */
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

    /** Returns what {@link #replace} would change. */
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
     * Replaces the existing root-tag folders by the snapshot's. Identical ones stay untouched.
     *
     * @return what changed
     * @throws OlympeException if that fails; everything is then unchanged
     */
    Changes replace(StagedSnapshot snapshot) {
        output.obstacle(project, snapshot.entry().rootTags()).ifPresent(obstacle -> {
            throw new OlympeException(String.format(
                    "%s: the key 'snapshooter.outputDir' has the value '%s', which %s.",
                    snapshot.entry().source(), output.written(), obstacle));
        });
        InterruptedReplacement.requireUntracked(project);
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
                            "The snapshot '%s' cannot be written to '%s' (%s). Check the folder's permissions and the free disk space. The old one"
                                    + " is still there.",
                            snapshot.entry().name(), folder, Reason.of(e)),
                    e);
        }
        try {
            recover();
        } catch (IOException e) {
            // Only leftovers: the next run deletes them.
        }
        return changes;
    }

    /** Copies the folders, so that the staged folder stays and an error message can point to it. */
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
                InterruptedReplacement.move(place, outgoing.resolve(tag));
            } else {
                // An empty file means that there was no folder.
                Files.createFile(outgoing.resolve(tag));
            }
            if (Files.exists(incoming.resolve(tag), LinkOption.NOFOLLOW_LINKS)) {
                InterruptedReplacement.move(incoming.resolve(tag), place);
            }
        }
    }

    private void recover() throws IOException {
        new InterruptedReplacement(project, output).putBack();
    }

    private boolean differs(String tag, Changes changes) {
        String prefix = output.path(tag + "/");
        return Stream.of(changes.added(), changes.changed(), changes.deleted())
                .flatMap(List::stream)
                .anyMatch(path -> path.startsWith(prefix));
    }

    private OlympeException cannotRead(IOException e) {
        return new OlympeException(
                "The folder '" + folder + "' cannot be read (" + Reason.of(e) + "). Check its permissions.", e);
    }
}
