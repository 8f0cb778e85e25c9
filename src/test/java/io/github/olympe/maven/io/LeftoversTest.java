package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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
    void whatNobodyWritesToAnyMoreGoes() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        write(".a.1.tmp", LONG_AGO);
        Path inUse = write(".a.2.tmp", now);
        Path result = write("a", LONG_AGO);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        Files.createDirectories(folder.resolve("node.tmp/bin"));
        Files.createSymbolicLink(folder.resolve("node.tmp/bin/npm"), result);
        Files.setLastModifiedTime(folder.resolve("node.tmp"), LONG_AGO);

        Leftovers.remove(folder);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(inUse, result, link);
        }
        Leftovers.remove(folder.resolve("missing"));
    }

    @Test
    void anAtomicFileRemovesItsOwn() throws IOException {
        write(".a.1.tmp", LONG_AGO);
        Path other = write(".ab.1.tmp", LONG_AGO);
        AtomicFile.write(folder.resolve("a"), "new");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(other, folder.resolve("a"));
        }
    }
}
