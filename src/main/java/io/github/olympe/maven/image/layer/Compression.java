package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells ways to compress layers apart. The same tar gives another blob where the plugin compresses in another way, and where Java comes with
 * another zlib.
 */
public final class Compression {

    /** More than a block, so that the sample is cut, too. */
    private static final int SAMPLE = ParallelGzip.BLOCK + 40_000;

    private Compression() {}

    private static final class Holder {
        static final String FINGERPRINT = compressedSample().shortHex();
    }

    /** Returns the same text wherever a layer would be compressed to the same bytes: a digest of what a fixed text is compressed to. */
    public static String fingerprint() {
        return Holder.FINGERPRINT;
    }

    private static Digest compressedSample() {
        try (Workers workers = Workers.forEachProcessor()) {
            ParallelGzip gzip = new ParallelGzip(OutputStream.nullOutputStream(), workers, length -> {});
            gzip.write(sample());
            return gzip.finish().digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words that come again, near and far, as in sources. */
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
