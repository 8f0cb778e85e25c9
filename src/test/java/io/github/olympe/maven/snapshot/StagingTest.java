package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the toolkit writes before anything is replaced: one run at a time, a folder of its own for each entry, nothing left of others. */
class StagingTest extends SnapshotProject {

    private static final Orchestrator DRAW = new Orchestrator("draw.example.com", 443, "nina", Secret.of("pa55word"));

    private Path root;

    @BeforeEach
    void root() {
        root = folder.resolve("target/staging");
    }

    private String snapshot(Staging staging, String name) {
        SnapshotEntry entry = new SnapshotEntry(
                "entry 1", name, List.of("abc"), List.of("x1"), outputDirectory("snapshot"), Optional.empty());
        return String.valueOf(root.relativize(staging.snapshot(entry, DRAW, toolkit, timeout, new Story(story))));
    }

    @Test
    void twoSnapshotsOfAProjectDoNotRunAtOnce() {
        try (Staging staging = Staging.open(root)) {
            assertThat(staging).isNotNull();
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(OlympeException.class)
                        .isThrownBy(() -> Staging.open(root))
                        .withMessageContaining(
                                "Another snapshot of this project is running in '" + root + "'. Wait until it ends");
            }
        }
        Staging.open(root).close();
    }

    @Test
    void eachEntryHasAFolderOfItsOwnWhateverItsName() throws IOException {
        String smile = "\ud83d\ude00";
        try (Staging staging = Staging.open(root)) {
            assertThat(snapshot(staging, "My Projects")).isEqualTo("My Projects");
            assertThat(snapshot(staging, "my projects")).isEqualTo("my projects-2");
            assertThat(snapshot(staging, "MY PROJECTS")).isEqualTo("MY PROJECTS-3");
            assertThat(snapshot(staging, "a/b\\c:d?")).isEqualTo("a-b-c-d-");
            assertThat(snapshot(staging, "../..")).isEqualTo("-");
            assertThat(snapshot(staging, ". .")).isEqualTo("snapshot");
            assertThat(snapshot(staging, " .lock ")).isEqualTo("lock");
            assertThat(snapshot(staging, "l".repeat(200))).isEqualTo("l".repeat(80));
            assertThat(snapshot(staging, "s".repeat(79) + smile)).isEqualTo("s".repeat(79));
            assertThat(snapshot(staging, "t".repeat(78) + smile)).isEqualTo("t".repeat(78) + smile);
        }
        assertThat(root.resolve("my projects-2/abc/Home/.Home.newInst.json")).exists();
        assertThat(story).contains("snapshooting My Projects from draw.example.com:443");
    }

    @Test
    void nothingRemainsOfARunThatWasKilledOrOfTheLastOne() throws IOException {
        Files.createDirectories(root.resolve(".out-killed/abc/Home"));
        Files.createDirectories(root.resolve(".toolkit/old"));
        Files.createDirectories(root.resolve("Shop/xyz"));
        Files.createDirectories(root.resolve("Other/abc"));

        try (Staging staging = Staging.open(root)) {
            snapshot(staging, "Shop");
        }

        try (var paths = Files.list(root)) {
            assertThat(paths.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", "Shop", "Other");
        }
        assertThat(files(root.resolve("Shop"))).containsOnlyKeys("abc/Home/.Home.newInst.json");
    }

    @Test
    void theToolkitsWordsAreShownAndItsFailureTwice() {
        standIn.told(Map.of("fail", "end", "say", List.of("working on it")));
        try (Staging staging = Staging.open(root)) {
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> snapshot(staging, "Shop"))
                    .withMessageContaining("The snapshot 'Shop' (entry 1) failed: told to fail at 'end'.");
        }
        assertThat(story).contains("working on it", "failed");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createDirectories(root).resolve("file");
        Files.writeString(file, "");
        root = file.resolve("staging");

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> Staging.open(root))
                .withMessageContaining("The snapshot cannot be written to '" + root + "' (");
    }
}
