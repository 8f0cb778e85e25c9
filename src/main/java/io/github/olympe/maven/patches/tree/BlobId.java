package io.github.olympe.maven.patches.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Git's id of a content: the SHA-1 digest of its kind, its size, a zero byte and its bytes. */
final class BlobId {

    private static final int BUFFER = 65_536;

    private BlobId() {}

    /**
     * Reads a content to its end, and returns its id.
     *
     * @param size its size in bytes
     * @param copy receives what is read
     */
    static String of(InputStream in, long size, OutputStream copy) throws IOException {
        MessageDigest digest = sha1();
        digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[(int) Math.min(BUFFER, size + 1)];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            copy.write(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return of(new ByteArrayInputStream(bytes), bytes.length, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
