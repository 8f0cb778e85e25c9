package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(2)));

    @TempDir
    Path folder;

    private Path write(String name, FileTime time) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "");
        return Files.setLastModifiedTime(file, time);
    }

    @Test
    void filesThatNothingWritesToAreDeleted() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        write(".a." + UUID.randomUUID() + ".tmp", LONG_AGO);
        write("." + UUID.randomUUID() + ".tmp", LONG_AGO);
        Path inUse = write(".a." + UUID.randomUUID() + ".tmp", now);
        Path others = write("package.tmp", LONG_AGO);
        Path result = write("a", LONG_AGO);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        makeFolder(".node." + UUID.randomUUID() + ".tmp", LONG_AGO);
        Path growing = makeFolder(".node." + UUID.randomUUID() + ".tmp", now);

        Leftovers.remove(folder);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(inUse, others, result, link, growing);
        }
        Leftovers.remove(folder.resolve("missing"));
    }

    /** A folder whose own entries are old, with a file below that was written at this time. */
    private Path makeFolder(String name, FileTime written) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        Files.setLastModifiedTime(Files.writeString(bin.resolve("node"), ""), written);
        Files.setLastModifiedTime(bin, LONG_AGO);
        return Files.setLastModifiedTime(bin.getParent(), LONG_AGO);
    }

    /** The leftovers of {@code a} are not those of {@code a.b} or {@code ab}. */
    @Test
    void anAtomicFileRemovesItsOwnLeftovers() throws IOException {
        String unique = UUID.randomUUID() + ".tmp";
        write(".a." + unique, LONG_AGO);
        Path longer = write(".ab." + unique, LONG_AGO);
        Path dotted = write(".a.b." + unique, LONG_AGO);
        AtomicFile.write(folder.resolve("a"), "new");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(longer, dotted, folder.resolve("a"));
        }
    }
}
