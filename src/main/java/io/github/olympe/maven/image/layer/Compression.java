package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Identifies how layers are compressed. Another version of the plugin, or a Java with another zlib, may compress the same tar to another
 * blob.
 */
public final class Compression {

    /** The sample's size. It is larger than a block, so that the sample is split into blocks too. */
    private static final int SAMPLE = ParallelGzip.BLOCK + 40_000;

    private Compression() {}

    private static final class Holder {
        static final String FINGERPRINT = compressedSample().shortHex();
    }

    /** Returns the digest of a compressed sample. It is the same on all machines that compress layers to the same bytes. */
    public static String fingerprint() {
        return Holder.FINGERPRINT;
    }

    static Digest compressedSample() {
        try (Workers workers = Workers.forEachProcessor()) {
            ParallelGzip gzip = new ParallelGzip(OutputStream.nullOutputStream(), workers, length -> {});
            gzip.write(sample());
            return gzip.finish().digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns words that are repeated at short and long distances, as in sources. */
    static byte[] sample() {
        StringBuilder text = new StringBuilder(SAMPLE + 16);
        int random = 1;
        while (text.length() < SAMPLE) {
            random = random * 1_103_515_245 + 12_345;
            int word = (random >>> 16) % 2_000;
            text.append(Integer.toString(word * word, 36)).append(word % 9 == 0 ? ";\n" : " ");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
