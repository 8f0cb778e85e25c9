package io.github.olympe.maven;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that it is, at any moment and after any interruption, either what it was before or wholly the new content: the
 * content goes to a temporary file beside it, is forced to the disk, and is then renamed.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** As {@link #write(Path, byte[])}, in UTF-8. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces {@code file} with {@code content}, making its parent folders where they are missing.
     *
     * @throws OlympeException if the file cannot be written; it is then what it was before
     */
    public static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Leftovers.remove(folder, "." + file.getFileName() + ".");
            try {
                Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be written (" + e
                            + "); check the folder's rights and the space on the disk.",
                    e);
        }
    }
}
