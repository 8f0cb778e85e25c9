package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A cache file that detects damage: its content is followed by its SHA-256. A file that was cut off or changed counts as missing, so that
 * its content is made again.
 */
public final class CheckedFile {

    private static final int CHECKSUM = 32;

    private CheckedFile() {}

    /** Returns the content, or nothing if the file is missing, unreadable or damaged. Reading a file marks it as used. */
    public static Optional<byte[]> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length - CHECKSUM;
            if (length < 0) {
                return Optional.empty();
            }
            MessageDigest sha256 = sha256();
            sha256.update(bytes, 0, length);
            if (!Arrays.equals(sha256.digest(), 0, CHECKSUM, bytes, length, bytes.length)) {
                return Optional.empty();
            }
            UnusedFiles.markUsed(file);
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Replaces the file.
     *
     * @throws IOException if it cannot be written, or what {@code content} throws; the file then keeps its old content
     */
    public static void write(Path file, AtomicFile.Content content) throws IOException {
        AtomicFile.replace(file, out -> {
            DigestOutputStream digesting = new DigestOutputStream(out, sha256());
            content.writeTo(digesting);
            digesting.flush();
            out.write(digesting.getMessageDigest().digest());
        });
    }

    /**
     * Does what {@link #write(Path, AtomicFile.Content)} does, but ignores a file that cannot be written: its content can be made again,
     * which only costs time.
     */
    public static void remember(Path file, AtomicFile.Content content) {
        try {
            write(file, content);
        } catch (IOException e) {
            // The disk is read-only or full: the next build makes the content again.
            return;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
