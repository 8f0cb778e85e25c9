package io.github.olympe.maven.io;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that at any moment, even after an interruption, it has either its old content or all of its new content. The content is
 * written to a {@link TemporaryPath}, which is then renamed.
 */
public final class AtomicFile {

    private static final int BUFFER = 65_536;

    private AtomicFile() {}

    /** Writes the new content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Does what {@link #write(Path, byte[])} does, for text in UTF-8. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces {@code file} with {@code content}, creating missing parent folders. The content is forced to the disk before the file is
     * renamed, so that it survives a power failure.
     *
     * @throws OlympeException if the file cannot be written; it then keeps its old content
     */
    public static void write(Path file, byte[] content) {
        try {
            replace(file, out -> out.write(content), true);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be written (" + Reason.of(e)
                            + "). Check the folder's permissions and the free disk space.",
                    e);
        }
    }

    /**
     * Does what {@link #write(Path, byte[])} does, for content that can be made again: nothing is forced to the disk.
     *
     * @throws IOException if the file cannot be written, or what {@code content} throws; the file then keeps its old content
     */
    public static void replace(Path file, Content content) throws IOException {
        replace(file, content, false);
    }

    private static void replace(Path file, Content content, boolean forced) throws IOException {
        try (TemporaryPath temporary = TemporaryPath.beside(file)) {
            try (FileChannel channel = FileChannel.open(
                            temporary.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
                content.writeTo(out);
                out.flush();
                if (forced) {
                    channel.force(true);
                }
            }
            temporary.replaceFile(file);
        }
    }
}
