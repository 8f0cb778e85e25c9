package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a folder so that it is, whatever happens, whole or not there. */
public final class AtomicFolder {

    private AtomicFolder() {}

    /** Writes the content of a folder. */
    @FunctionalInterface
    public interface Content {

        /**
         * @param folder an empty folder with a temporary name
         */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Replaces {@code folder} with what {@code content} writes, making its parent folders where they are missing.
     *
     * @throws IOException if the folder cannot be written, or what {@code content} throws; it is then what it was before
     */
    public static void replace(Path folder, Content content) throws IOException {
        try (TemporaryPath temporary = TemporaryPath.beside(folder)) {
            content.writeTo(Files.createDirectory(temporary.path()));
            temporary.replaceFolder(folder);
        }
    }

    /**
     * Makes {@code folder} where it is missing. When two processes make it at the same time, the first one's stays; their content has to be
     * the same.
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
