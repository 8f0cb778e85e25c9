package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replacement checks again, because the toolkit ran for minutes since the plan was checked. */
class ProjectFolderTest {

    @TempDir
    Path folder;

    private Path project;
    private final OutputDirectory output = SnapshotProject.outputDirectory("./snapshot");

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        write("staged/abc/Home.json", "{}");
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Changes replace() {
        SnapshotEntry entry = new SnapshotEntry("entry 1", "Shop", List.of("abc"), List.of(), output, Optional.empty());
        return new ProjectFolder(project, output).replace(StagedSnapshot.check(entry, folder.resolve("staged")));
    }

    @Test
    void writesNothingThroughALinkCreatedMeanwhile() throws IOException {
        write("outside/abc/Home.json", "precious");
        Files.createSymbolicLink(project.resolve("snapshot"), folder.resolve("outside"));

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::replace)
                .withMessageContaining("'snapshooter.outputDir'")
                .withMessageContaining("passes through the symbolic link 'snapshot'");

        assertThat(SnapshotProject.files(folder.resolve("outside")))
                .containsExactlyEntriesOf(Map.of("abc/Home.json", "precious"));
    }

    @Test
    void replacesNothingIfGitTracksTheWorkingFolder() throws IOException, GitAPIException {
        write("project/snapshot/abc/Home.json", "old");
        write("project/.olympe-snapshot/snapshot/old/abc/Home.json", "committed");
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            git.add().addFilepattern(".").call();
        }

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::replace)
                .withMessageContaining("is tracked by git");

        assertThat(project.resolve("snapshot/abc/Home.json")).hasContent("old");
        assertThat(project.resolve(".olympe-snapshot/snapshot/old/abc/Home.json"))
                .hasContent("committed");
    }

    @Test
    void putsBackWhatAKilledReplacementLeftFirst() throws IOException {
        write("project/.olympe-snapshot/snapshot/old/xyz/Home.json", "old");
        write("project/.olympe-snapshot/snapshot/new/xyz/Home.json", "half");

        replace();

        assertThat(SnapshotProject.files(project))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("snapshot/abc/Home.json", "{}", "snapshot/xyz/Home.json", "old"));
    }

    @Test
    void replacesOnlyTheRootTagsThatDiffer() throws IOException {
        write("staged/def/Home.json", "{\"new\": 1}");
        write("staged/def/sub/Added.json", "{}");
        Files.createDirectories(folder.resolve("staged/xyz"));
        write("project/snapshot/abc/Home.json", "{}");
        write("project/snapshot/def/Home.json", "{\"old\": 1}");
        write("project/snapshot/def/Gone.json", "{}");
        write("project/snapshot/xyz/Gone.json", "{}");
        write("project/snapshot/other/Kept.json", "{}");
        Object same = Files.getAttribute(project.resolve("snapshot/abc"), "unix:ino");
        SnapshotEntry entry =
                new SnapshotEntry("entry 1", "Shop", List.of("abc", "def", "xyz"), List.of(), output, Optional.empty());
        StagedSnapshot staged = StagedSnapshot.check(entry, folder.resolve("staged"));
        ProjectFolder patches = new ProjectFolder(project, output);
        Changes expected = new Changes(
                List.of("snapshot/def/sub/Added.json"),
                List.of("snapshot/def/Home.json"),
                List.of("snapshot/xyz/Gone.json", "snapshot/def/Gone.json"));
        assertThat(patches.size(entry.rootTags())).isEqualTo(4);
        assertThat(patches.compare(staged)).isEqualTo(expected);

        assertThat(patches.replace(staged)).isEqualTo(expected);

        assertThat(SnapshotProject.files(project))
                .containsOnlyKeys(
                        "snapshot/abc/Home.json",
                        "snapshot/def/Home.json",
                        "snapshot/def/sub/Added.json",
                        "snapshot/other/Kept.json");
        assertThat(Files.getAttribute(project.resolve("snapshot/abc"), "unix:ino"))
                .isEqualTo(same);
        assertThat(project.resolve("snapshot/xyz")).doesNotExist();
        assertThat(patches.replace(staged).isEmpty()).isTrue();
        assertThat(SnapshotProject.files(folder.resolve("staged"))).hasSize(3);
    }

    @Test
    void replacesALinkByThePatchThatItLedTo() throws IOException {
        write("project/Home.json", "{}");
        Files.createDirectories(project.resolve("snapshot/abc"));
        Files.createSymbolicLink(project.resolve("snapshot/abc/Home.json"), project.resolve("Home.json"));

        assertThat(replace().changed()).containsExactly("snapshot/abc/Home.json");

        assertThat(project.resolve("snapshot/abc/Home.json")).isRegularFile();
        assertThat(Files.isSymbolicLink(project.resolve("snapshot/abc/Home.json")))
                .isFalse();
    }

    @Test
    void keepsTheOldPatchesIfTheNewOnesCannotBeWritten() throws IOException {
        write("project/snapshot/abc/Home.json", "old");
        write("project/.olympe-snapshot", "a file where the folder belongs");

        assertThatExceptionOfType(OlympeException.class).isThrownBy(this::replace);

        assertThat(project.resolve("snapshot/abc/Home.json")).hasContent("old");
        assertThat(project.resolve(".olympe-snapshot")).hasContent("a file where the folder belongs");
    }
}
