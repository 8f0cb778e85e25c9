package io.github.olympe.maven.image.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashesTest {

    @TempDir
    Path tree;

    @TempDir
    Path cache;

    @AutoClose
    private final Workers workers = Workers.of(2);

    private Clock clock = Clock.systemUTC();

    /** Reads the tree, and compares the hash of every file with its content. */
    private int compute() throws IOException {
        SourceTree source = SourceTree.read(tree, SourceTreeTest.ALL, FileModes.KEPT, workers);
        int read = new ContentHashes(cache, clock).compute(source, workers);
        for (SourceEntry entry : source.entries()) {
            if (entry.type == SourceEntry.Type.FILE) {
                assertThat(HexFormat.of().formatHex(entry.contentHash()))
                        .as(entry.path)
                        .isEqualTo(Digest.ofFile(entry.file).hex());
            }
        }
        return read;
    }

    /** Lets the files become old enough to be remembered. */
    private void settle() {
        clock = Clock.offset(clock, Duration.ofSeconds(3));
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(tree.resolve(path).getParent());
        Files.writeString(tree.resolve(path), content);
    }

    @Test
    void readsOnlyWhatChanged() throws Exception {
        for (String path : List.of("a", "a-b", "a.d/x", "c/ü \n\uD83D\uDE00", "c/y", "z")) {
            write(path, path);
        }
        settle();
        assertThat(compute()).isEqualTo(6);
        assertThat(compute()).isEqualTo(0);

        clock = Clock.systemUTC();
        write("0", "first");
        write("c/new", "between");
        write("zz", "last");
        Files.delete(tree.resolve("a-b"));
        write("z", "Z");
        assertThat(compute()).isEqualTo(4);

        settle();
        // Those four changed too shortly before they were read; so did the rest, by the other clock.
        assertThat(compute()).isBetween(4, 8);
        assertThat(compute()).isEqualTo(0);
    }

    @Test
    void alwaysAgreesWithTheFiles() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            for (int change = 0; change < 10; change++) {
                String path = "abc".charAt(random.nextInt(3)) + "/" + random.nextInt(10);
                if (random.nextInt(3) == 0) {
                    Files.deleteIfExists(tree.resolve(path));
                } else {
                    write(path, "text " + random.nextInt(10));
                }
            }
            compute();
        }
    }

    @Test
    void readsEverythingIfTheMemoIsBroken() throws Exception {
        for (String path : List.of("a", "b", "c")) {
            write(path, path);
        }
        settle();
        compute();
        Path memo;
        try (Stream<Path> files = Files.list(cache)) {
            memo = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(memo);
        for (int length = 0; length < whole.length; length++) {
            Files.write(memo, Arrays.copyOf(whole, length));
            assertThat(compute()).as("%d bytes", length).isGreaterThan(0);
            assertThat(Files.readAllBytes(memo)).isEqualTo(whole);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] ^= 1;
            Files.write(memo, broken);
            assertThat(compute()).as("byte %d", i).isGreaterThan(0);
        }
    }
}
