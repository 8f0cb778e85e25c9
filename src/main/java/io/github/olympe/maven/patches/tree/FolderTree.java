package io.github.olympe.maven.patches.tree;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a folder. Symbolic links are not followed. */
public final class FolderTree {

    private FolderTree() {}

    /** Knows the ids of files without reading them. */
    @FunctionalInterface
    public interface KnownIds {

        /** Knows none. */
        KnownIds NONE = (path, attributes) -> Optional.empty();

        /** Returns git's id of a file; absent if it is not known. */
        Optional<String> of(String path, BasicFileAttributes attributes);
    }

    /** Does what {@link #of(Path, String, KnownIds)} does, without known ids. */
    public static ContentTree of(Path folder, String name) {
        return of(folder, name, KnownIds.NONE);
    }

    /**
     * Lists the files of a folder, which may be empty or missing.
     *
     * @param folder the folder
     * @param name the folder's name in messages
     * @param ids the known ids, by the files' paths in the folder
     * @throws OlympeException if the folder cannot be read
     */
    public static ContentTree of(Path folder, String name, KnownIds ids) {
        SortedMap<String, Content> files = new TreeMap<>();
        try {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            String path = folder.relativize(file).toString().replace('\\', '/');
                            String id = ids.of(path, attributes).orElse(null);
                            files.put(path, new FileContent(file, name + "/" + path, attributes.size(), id));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The folder '" + folder + "' cannot be read (" + e + "). Check the permissions of its files.", e);
        }
        return new ContentTree(name, files);
    }

    private static final class FileContent implements Content {

        private final Path file;
        private final String place;
        private final long size;
        private @Nullable String id;

        FileContent(Path file, String place, long size, @Nullable String id) {
            this.file = file;
            this.place = place;
            this.size = size;
            this.id = id;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public String id() {
            if (id == null) {
                try (InputStream in = open()) {
                    id = BlobId.of(in, size, OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw unreadable(e);
                }
            }
            return id;
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
