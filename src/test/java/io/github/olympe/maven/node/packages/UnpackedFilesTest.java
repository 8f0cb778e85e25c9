package io.github.olympe.maven.node.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.node.packages.UnpackedFiles.UnpackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnpackedFilesTest {

    /** More than are written at once, and more than may wait. */
    private static final int MANY = 3_000;

    private static final FileTime TIME = FileTime.fromMillis(499162500000L);

    @TempDir
    Path folder;

    private UnpackedFile file(int number) {
        byte[] content = ("file " + number).getBytes(StandardCharsets.UTF_8);
        return new UnpackedFile(folder.resolve("f" + number), number % 2 == 0 ? 0644 : 0750, TIME, content);
    }

    @Test
    void eachOfManyFilesHasItsContentModeAndTime() throws IOException {
        try (UnpackedFiles files = new UnpackedFiles()) {
            for (int i = 0; i < MANY; i++) {
                files.add(file(i));
            }
            files.finish();

            for (int i = 0; i < MANY; i++) {
                Path path = folder.resolve("f" + i);
                assertThat(path).hasContent("file " + i);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(i % 2 == 0 ? "rw-r--r--" : "rwxr-x---");
                assertThat(Files.getLastModifiedTime(path)).isEqualTo(TIME);
            }
        }
    }

    /** A few large files are written before many are there, so that they do not fill the memory. */
    @Test
    void largeFilesAreWrittenBeforeTheLastOneIsAdded() throws IOException {
        int size = 1 << 20;
        try (UnpackedFiles files = new UnpackedFiles()) {
            for (int i = 0; i < 40; i++) {
                files.add(new UnpackedFile(folder.resolve("large" + i), 0644, TIME, new byte[size]));
            }
            try (Stream<Path> written = Files.list(folder)) {
                // Two make up a batch, and at most 16 of the 20 batches wait.
                assertThat(written.count()).isGreaterThanOrEqualTo(8);
            }
            files.finish();
        }
        for (int i = 0; i < 40; i++) {
            assertThat(folder.resolve("large" + i)).hasSize(size);
        }
    }

    /** The file is in the first batch, which another thread writes. */
    @Test
    void aFileThatCannotBeWrittenIsReported() throws IOException {
        Files.writeString(folder.resolve("f7"), "in the way");
        try (UnpackedFiles files = new UnpackedFiles()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < MANY; i++) {
                            files.add(file(i));
                        }
                        files.finish();
                    })
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining("f7");
        }
        assertThat(folder.resolve("f7")).hasContent("in the way");
    }

    @Test
    void whatWaitsWhenItIsClosedIsNotWritten() throws IOException {
        try (UnpackedFiles files = new UnpackedFiles()) {
            files.add(file(0));
        }
        assertThat(folder.resolve("f0")).doesNotExist();
    }
}
