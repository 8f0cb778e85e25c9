package io.github.olympe.maven.patches.tree;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a folder. Symbolic links are not followed. */
public final class FolderTree {

    private static final int BUFFER = 65_536;

    private FolderTree() {}

    /**
     * Lists the files of a folder, which may be empty or missing.
     *
     * @param folder the folder
     * @param name what a message calls the folder
     * @throws OlympeException if the folder cannot be read
     */
    public static ContentTree of(Path folder, String name) {
        SortedMap<String, Content> files = new TreeMap<>();
        try {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            String path = folder.relativize(file).toString().replace('\\', '/');
                            files.put(path, new FileContent(file, name + "/" + path, attributes.size()));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The folder '" + folder + "' cannot be read (" + e + "). Check the rights of its files.", e);
        }
        return new ContentTree(name, files);
    }

    private static final class FileContent implements Content {

        private final Path file;
        private final String place;
        private final long size;
        private @Nullable String id;

        FileContent(Path file, String place, long size) {
            this.file = file;
            this.place = place;
            this.size = size;
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
                try {
                    id = blobId();
                } catch (IOException e) {
                    throw unreadable(e);
                }
            }
            return id;
        }

        /** A blob's id is the SHA-1 digest of its kind, its size, a zero byte and its content. */
        private String blobId() throws IOException {
            MessageDigest digest = sha1();
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = open()) {
                byte[] buffer = new byte[(int) Math.min(BUFFER, size + 1)];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        private static MessageDigest sha1() {
            try {
                return MessageDigest.getInstance("SHA-1");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-1", e);
            }
        }
    }
}
