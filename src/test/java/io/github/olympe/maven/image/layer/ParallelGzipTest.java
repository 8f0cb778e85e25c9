package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {

    private static final int BLOCK = ParallelGzip.BLOCK;
    /** Less than the 32 KiB that deflate looks back. */
    private static final int WINDOW = 16 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 20 * BLOCK + 17})
    void givesBackWhatWentIn(int size) throws IOException {
        for (byte[] content : new byte[][] {random(size), repetitive(size)}) {
            Compressed compressed = compress(content, 4, 1000);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.bytes)).readAllBytes())
                    .isEqualTo(content);
            assertThat(compressed.result)
                    .isEqualTo(new ParallelGzip.Result(
                            Digest.of(content), Digest.of(compressed.bytes), compressed.bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void doesNotDependOnTheNumberOfCoresNorOnHowItIsWritten(int cores) throws IOException {
        byte[] content = repetitive(5 * BLOCK + 3);
        assertThat(compress(content, cores, 1 + cores * 333).bytes).isEqualTo(compress(content, 3, BLOCK).bytes);
    }

    /** Blocks are compressed at the same time, and nearly as small as one stream. */
    @Test
    void aBlockRefersBackToTheEndOfTheOneBefore() throws IOException {
        byte[] first = random(BLOCK);
        byte[] both = Arrays.copyOf(first, BLOCK + WINDOW);
        System.arraycopy(first, BLOCK - WINDOW, both, BLOCK, WINDOW);

        assertThat(compress(both, 2, BLOCK).bytes.length - compress(first, 2, BLOCK).bytes.length)
                .isLessThan(WINDOW / 50);
    }

    @Test
    void tellsHowMuchIsDone() throws IOException {
        List<Long> told = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workers workers = Workers.of(1);
                ParallelGzip gzip = new ParallelGzip(out, workers, told::add)) {
            gzip.write(new byte[2 * BLOCK]);
            gzip.write('x');
            gzip.finish();
        }

        assertThat(told).containsExactly((long) BLOCK, 2L * BLOCK, 2L * BLOCK + 1);
        byte[] read = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
        assertThat(read).hasSize(2 * BLOCK + 1).endsWith('x');
    }

    private record Compressed(byte[] bytes, ParallelGzip.Result result) {}

    private static Compressed compress(byte[] content, int cores, int step) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workers workers = Workers.of(cores)) {
            ParallelGzip gzip = new ParallelGzip(out, workers, length -> {});
            for (int i = 0; i < content.length; i += step) {
                gzip.write(content, i, Math.min(step, content.length - i));
            }
            ParallelGzip.Result result = gzip.finish();
            gzip.close();
            return new Compressed(out.toByteArray(), result);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] repetitive(int size) {
        byte[] bytes = new byte[size];
        Random random = new Random(11);
        for (int i = 0; i < size; i += 40) {
            Arrays.fill(bytes, i, Math.min(size, i + 40), (byte) random.nextInt(8));
        }
        return bytes;
    }
}
