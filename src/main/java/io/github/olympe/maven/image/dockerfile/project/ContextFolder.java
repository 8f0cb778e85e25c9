package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of the build context, as the instructions of a Dockerfile see it. */
final class ContextFolder implements FolderSource {

    private final Reader reader;
    private final String path;

    /**
     * Creates a folder.
     *
     * @param path its path in the context; empty for the context itself
     */
    ContextFolder(Reader reader, String path) {
        this.reader = reader;
        this.path = path;
    }

    /** Reads the build context. */
    interface Reader {

        /** Returns the filter for files of the context. */
        SourceTree.Filter filter();

        /** Returns how modes are chosen for files in an image. */
        FileModes modes();

        /** Returns whether a path leads to a folder that is there only because another folder is below it. */
        boolean isAbove(String path);

        /** Returns where a path of the context is on the disk. */
        Path file(String path);

        /** Returns everything below a folder that belongs to the context, with paths below the folder. */
        List<SourceEntry> read(String folder);

        /** Receives a file that was looked up alone. */
        void remember(SourceEntry entry);
    }

    /** Returns the content of a file of the context. */
    record LocalContent(SourceEntry entry) implements Content {

        @Override
        public long size() {
            return entry.size;
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(entry.file);
        }
    }

    @Override
    public @Nullable Node child(String name) {
        String child = join(name);
        boolean belongs = reader.filter().test(child);
        if (!belongs && !reader.filter().mayHoldWanted(child)) {
            return null;
        }
        Optional<SourceEntry> entry = SourceTree.entry(reader.file(child), child, reader.modes());
        if (entry.isEmpty()) {
            return reader.isAbove(child) ? Node.folder(0755, 0, 0, new ContextFolder(reader, child)) : null;
        }
        if (!belongs && entry.get().type != SourceEntry.Type.FOLDER) {
            return null;
        }
        reader.remember(entry.get());
        return node(entry.get(), new ContextFolder(reader, child));
    }

    @Override
    public Collection<String> names() {
        return SourceTree.names(reader.file(path));
    }

    @Override
    public boolean fill(Node folder) {
        Map<String, Node> folders = new HashMap<>();
        folders.put("", folder);
        for (SourceEntry entry : reader.read(path)) {
            int slash = entry.path.lastIndexOf('/');
            Node parent = folders.get(entry.path.substring(0, Math.max(0, slash)));
            Node node = node(entry, NOTHING);
            if (parent != null) {
                parent.put(entry.path.substring(slash + 1), node);
            }
            if (node.isFolder()) {
                folders.put(entry.path, node);
            }
        }
        return true;
    }

    private static Node node(SourceEntry entry, FolderSource source) {
        return switch (entry.type) {
            case FOLDER -> Node.folder(entry.mode, 0, 0, source);
            case LINK -> Node.link(0, 0, entry.linkTarget == null ? "" : entry.linkTarget);
            case FILE -> Node.file(entry.mode, 0, 0, new LocalContent(entry));
        };
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
