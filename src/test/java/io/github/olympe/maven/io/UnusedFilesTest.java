package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedFilesTest {

    private static final long MUCH = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void filesUnusedForAMonthAreDeleted() throws IOException {
        write("keys/old", 31, 1);
        write("blobs/sha256/old", 31, 1);
        Path used = write("blobs/sha256/used", 31, 1);
        Path young = write("keys/young", 29, 1);
        UnusedFiles.markUsed(used);
        UnusedFiles.remove(folder, MUCH);
        assertThat(files()).containsExactlyInAnyOrder(used, young, folder.resolve("cleaned"));
    }

    @Test
    void leastRecentlyUsedFilesAreDeletedFirstIfThereIsTooMuch() throws IOException {
        write("a", 9, 400);
        write("b", 8, 400);
        Path third = write("c", 7, 400);
        Path fourth = write("d", 1, 400);
        UnusedFiles.remove(folder, 1000);
        assertThat(files()).containsExactlyInAnyOrder(third, fourth, folder.resolve("cleaned"));
    }

    @Test
    void temporaryFilesStayForAnHour() throws IOException {
        Path writing = write(".b.123.tmp", 0, 1000);
        write(".a.123.tmp", 1, 1);
        UnusedFiles.remove(folder, 10);
        assertThat(files()).containsExactlyInAnyOrder(writing, folder.resolve("cleaned"));
    }

    @Test
    void foldersEmptyForAMonthAreDeleted() throws IOException {
        Path old = Files.createDirectories(folder.resolve("a/old"));
        Path young = Files.createDirectories(folder.resolve("a/young"));
        age(old, 31);
        UnusedFiles.remove(folder, MUCH);
        assertThat(old).doesNotExist();
        assertThat(young).isDirectory();
    }

    @Test
    void runsOnceADay() throws IOException {
        UnusedFiles.remove(folder, MUCH);
        Path old = write("old", 31, 1);
        UnusedFiles.remove(folder, MUCH);
        assertThat(old).exists();
        age(folder.resolve("cleaned"), 2);
        UnusedFiles.remove(folder, MUCH);
        assertThat(old).doesNotExist();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Path file = write("outside/old", 31, 1);
        Files.createSymbolicLink(cache.resolve("link"), outside);
        UnusedFiles.remove(cache, MUCH);
        assertThat(file).exists();
    }

    @Test
    void aMissingCacheIsNotCreated() {
        UnusedFiles.remove(folder.resolve("missing"), MUCH);
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    private Path write(String path, int days, int size) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
        return age(file, days);
    }

    private static Path age(Path file, int days) throws IOException {
        Instant time = Instant.now().minus(Duration.ofDays(days)).minusSeconds(days == 0 ? 0 : 60);
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
