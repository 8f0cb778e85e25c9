package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a folder so that it is either complete or missing, whatever happens. */
public final class AtomicFolder {

    private AtomicFolder() {}

    /** Writes the content of a folder. */
    @FunctionalInterface
    public interface Content {

        /**
         * @param folder an empty folder under a temporary name
         */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Replaces {@code folder} with what {@code content} writes, creating missing parent folders.
     *
     * @throws IOException if the folder cannot be written, or what {@code content} throws; the folder then keeps its old content
     */
    public static void replace(Path folder, Content content) throws IOException {
        try (TemporaryPath temporary = TemporaryPath.beside(folder)) {
            content.writeTo(Files.createDirectory(temporary.path()));
            temporary.replaceFolder(folder);
        }
    }

    /**
     * Creates {@code folder} if it is missing. If two processes create it at the same time, the first one wins; both must write the same
     * content.
     *
     * @throws IOException if the folder cannot be written, or what {@code content} throws
     */
    public static void addIfMissing(Path folder, Content content) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try (TemporaryPath temporary = TemporaryPath.beside(folder)) {
            content.writeTo(Files.createDirectory(temporary.path()));
            temporary.addFolder(folder);
        }
    }
}
