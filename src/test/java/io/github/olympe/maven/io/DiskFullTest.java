package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.testing.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Wherever in a write the disk gets full, the old content stays, with nothing beside it. */
class DiskFullTest {

    private static final String NEW = "new ".repeat(500);

    @Test
    void aFileKeepsItsContent() throws IOException {
        int failures = FullDisk.holding(100, root -> Files.writeString(root.resolve("file"), "old"))
                .fails(root -> AtomicFile.write(root.resolve("file"), NEW), (failure, root) -> {
                    assertThat(failure)
                            .isInstanceOf(OlympeException.class)
                            .hasMessage(
                                    "The file '/work/file' cannot be written (out of disk space). Check the folder's permissions"
                                            + " and the free disk space.");
                    assertThat(FullDisk.texts(root)).isEqualTo(Map.of("file", "old"));
                });

        assertThat(failures).isEqualTo(20);
    }

    @Test
    void aFolderKeepsItsFiles() throws IOException {
        Map<String, String> before = Map.of("folder/a", "old", "folder/c", "old");
        int failures = FullDisk.holding(100, root -> {
                    Files.createDirectory(root.resolve("folder"));
                    for (Map.Entry<String, String> file : before.entrySet()) {
                        Files.writeString(root.resolve(file.getKey()), file.getValue());
                    }
                })
                .fails(
                        root -> AtomicFolder.replace(root.resolve("folder"), DiskFullTest::writeTwo),
                        (failure, root) -> {
                            assertThat(failure).isInstanceOf(IOException.class);
                            assertThat(FullDisk.texts(root)).isEqualTo(before);
                        });

        assertThat(failures).isEqualTo(40);
    }

    private static void writeTwo(Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), NEW);
        Files.writeString(folder.resolve("b"), NEW);
    }

    /** A memo may be missing, but never incomplete. */
    @Test
    void aMemoIsCompleteOrMissing() throws IOException {
        int[] written = new int[1];
        FullDisk.holding(100, root -> {})
                .fails(
                        root -> {
                            CheckedFile.remember(root.resolve("memo"), out -> out.write(NEW.getBytes()));
                            if (CheckedFile.read(root.resolve("memo")).isEmpty()) {
                                written[0]++;
                                throw new IOException("not remembered");
                            }
                        },
                        (failure, root) -> assertThat(FullDisk.texts(root)).isEmpty());

        assertThat(written[0]).isEqualTo(21);
    }
}
