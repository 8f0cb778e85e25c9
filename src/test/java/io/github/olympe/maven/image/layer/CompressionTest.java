package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class CompressionTest {

    @Test
    void theSampleDistinguishesAllCompressionLevels() {
        Set<Digest> compressed = new HashSet<>();
        for (int level = Deflater.BEST_SPEED; level <= Deflater.BEST_COMPRESSION; level++) {
            compressed.add(compressed(level));
        }
        // zlib's levels 8 and 9 differ in how long they look for matches, which does not matter for this text.
        assertThat(compressed).hasSizeGreaterThanOrEqualTo(8);
        assertThat(compressed(5)).isEqualTo(compressed(5));
    }

    private static Digest compressed(int level) {
        byte[] output = new byte[Compression.sample().length * 2];
        Deflater deflater = new Deflater(level, true);
        deflater.setInput(Compression.sample());
        deflater.finish();
        int length = deflater.deflate(output);
        assertThat(deflater.finished()).isTrue();
        deflater.end();
        return Digest.of(Arrays.copyOf(output, length));
    }

    @Test
    void theSampleIsSplitLikeALargeLayer() throws IOException {
        assertThat(Compression.sample()).hasSizeGreaterThan(ParallelGzip.BLOCK);
        assertThat(Compression.fingerprint())
                .isEqualTo(Compression.compressedSample().shortHex())
                .isEqualTo(compressedInBlocks().shortHex());
    }

    private static Digest compressedInBlocks() throws IOException {
        try (Workers workers = Workers.of(1)) {
            ParallelGzip gzip = new ParallelGzip(OutputStream.nullOutputStream(), workers, length -> {});
            gzip.write(Compression.sample());
            return gzip.finish().digest();
        }
    }

    /** Another sample has other fingerprints, so the layers of all caches would be made again. */
    @Test
    void theSampleStaysTheSame() {
        assertThat(Digest.of(Compression.sample()).shortHex()).isEqualTo("dfb9d3ab335e");
    }
}
