package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.testing.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Wherever the disk gets full while the patches of a project are replaced, the project keeps the old ones, and nothing is left beside them.
 */
class DiskFullTest {

    private static final OutputDirectory OUTPUT = new OutputDirectory("snapshot", List.of("snapshot"));
    private static final SnapshotEntry ENTRY = new SnapshotEntry(
            "snapshot-config.json", "shop", List.of("abc", "def", "xyz"), List.of(), OUTPUT, Optional.empty());
    private static final Map<String, String> OLD = Map.of(
            "package.json", "{}",
            "snapshot/abc/Old.json", "{}",
            "snapshot/def/Same.json", "{\"a\": 1}",
            "snapshot/other/Kept.json", "{\"kept\": 1}");
    private static final Map<String, String> NEW = Map.of(
            "abc/New.json", "{\"v\": \"" + "n".repeat(1000) + "\"}",
            "def/Same.json", "{\"a\": 1}",
            "xyz/folder/Added.json", "{\"v\": \"" + "a".repeat(1000) + "\"}");

    @Test
    void theOldPatchesAreStillThere() throws IOException {
        int failures = FullDisk.holding(100, root -> {
                    write(root.resolve("project"), OLD);
                    write(root.resolve("staged"), NEW);
                })
                .fails(DiskFullTest::replace, (failure, root) -> {
                    assertThat(failure)
                            .isInstanceOf(OlympeException.class)
                            .hasMessage(
                                    "The snapshot 'shop' cannot be written to '/work/project/snapshot' (out of disk space). Check the"
                                            + " folder's permissions and the free disk space. The old one is still there.");
                    assertThat(FullDisk.texts(root.resolve("project"))).isEqualTo(OLD);
                    assertThat(FullDisk.texts(root.resolve("staged"))).isEqualTo(NEW);
                });

        assertThat(failures).isGreaterThan(20);
    }

    private static void replace(Path root) {
        new ProjectFolder(root.resolve("project"), OUTPUT).replace(StagedSnapshot.check(ENTRY, root.resolve("staged")));
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
