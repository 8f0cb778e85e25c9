package io.github.olympe.maven.image.source;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.content.Whiteout;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the folders of a tree. Those of the same depth are read in parallel. */
final class SourceReader {

    /** In a layer, a file with this name removes another one: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts. */
    private final SourceTree.Filter filter;

    private final Attributes attributes;
    private final Workers workers;
    private final Map<String, List<Child>> folders = new HashMap<>();

    SourceReader(SourceTree.Filter filter, Attributes attributes, Workers workers) {
        this.filter = filter;
        this.attributes = attributes;
        this.workers = workers;
    }

    /** A folder, and the beginning of its children's paths. */
    private record Folder(Path file, String prefix) {}

    /** An entry of a folder, and whether the filter selects it. */
    private record Child(SourceEntry entry, boolean belongs) {}

    List<SourceEntry> read(Path root) {
        List<Folder> wave = List.of(new Folder(root, ""));
        while (!wave.isEmpty()) {
            List<List<Child>> read = workers.all(wave.stream()
                    .map(folder -> (Supplier<List<Child>>) () -> children(folder))
                    .toList());
            List<Folder> next = new ArrayList<>();
            for (int i = 0; i < wave.size(); i++) {
                folders.put(wave.get(i).prefix(), read.get(i));
                for (Child child : read.get(i)) {
                    SourceEntry entry = child.entry();
                    if (entry.type == Type.FOLDER && (child.belongs() || filter.mayHoldWanted(entry.path))) {
                        next.add(new Folder(entry.file, entry.path + "/"));
                    }
                }
            }
            wave = next;
        }
        List<SourceEntry> entries = new ArrayList<>();
        collect("", entries);
        return entries;
    }

    /**
     * Adds the content of a folder, in the order of the paths. A folder that the filter does not select is added only if something in it
     * is.
     */
    private void collect(String prefix, List<SourceEntry> entries) {
        for (Child child : folders.getOrDefault(prefix, List.of())) {
            int before = entries.size();
            entries.add(child.entry());
            collect(child.entry().path + "/", entries);
            if (!child.belongs() && entries.size() == before + 1) {
                entries.remove(before);
            }
        }
    }

    private List<Child> children(Folder folder) {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.file())) {
            for (Path file : files) {
                String name = FileNames.text(file.getFileName());
                String path = folder.prefix() + name;
                SourceEntry entry = attributes.entry(file, path);
                boolean belongs = filter.test(path);
                if (belongs && Whiteout.is(name)) {
                    throw whiteout(file);
                }
                if (entry != null) {
                    children.add(new Child(entry, belongs));
                } else if (belongs) {
                    throw unpackable(file);
                }
            }
        } catch (DirectoryIteratorException | IOException e) {
            throw SourceTree.unreadable(folder.file(), e);
        }
        children.sort(Comparator.comparing(child -> child.entry().path));
        return children;
    }

    static OlympeException unpackable(Path file) {
        return new OlympeException(
                "'" + file
                        + "' is neither a file nor a folder nor a link, so it cannot be put into an image. Remove it, or leave it out with 'excludes'.");
    }

    private static OlympeException whiteout(Path file) {
        return new OlympeException(
                "'" + file
                        + "' cannot be put into an image, where a name that begins with '.wh.' removes another file. Rename it, or leave it out with 'excludes'.");
    }
}
