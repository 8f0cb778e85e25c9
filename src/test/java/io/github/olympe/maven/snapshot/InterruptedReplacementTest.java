package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The leftovers of a killed snapshot are put back, but nothing that only looks like them, because a repository may contain anything. */
class InterruptedReplacementTest {

    @TempDir
    Path temporary;

    private Path project;
    private Path outside;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(temporary.resolve("project"));
        outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("precious.json"), "precious");
        write("snapshot/abc/New.json", "new");
    }

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private boolean putBack() {
        return SnapshotPlan.putBackInterrupted(project, temporary.resolve("staging"));
    }

    /** Returns everything that is there, with links as their targets. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (Map.Entry<String, Path> file : FileTree.files(temporary).entrySet()) {
            if (!file.getKey().startsWith("staging/") && !file.getKey().contains(".git/")) {
                tree.put(
                        file.getKey(),
                        Files.isSymbolicLink(file.getValue())
                                ? "-> " + Files.readSymbolicLink(file.getValue())
                                : Files.readString(file.getValue()));
            }
        }
        return tree;
    }

    private void refusesAndLeavesEverything(String why) throws IOException {
        Map<String, String> before = tree();
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::putBack)
                .withMessageContaining(why)
                .withMessageContaining(".olympe-snapshot");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void putsBackWhatAKilledSnapshotLeft() throws IOException {
        write(".olympe-snapshot/snapshot/old/abc/Old.json", "old");
        write(".olympe-snapshot/snapshot/new/xyz/New.json", "new");

        assertThat(putBack()).isTrue();

        assertThat(tree())
                .containsOnly(
                        Map.entry("outside/precious.json", "precious"),
                        Map.entry("project/snapshot/abc/Old.json", "old"));
        assertThat(project.resolve(".olympe-snapshot")).doesNotExist();
    }

    @Test
    void doesNotFollowALinkInPlaceOfTheFolder() throws IOException {
        Files.createSymbolicLink(project.resolve(".olympe-snapshot"), outside);
        refusesAndLeavesEverything("it is not a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "snapshot/old", "snapshot/new", "snapshot/outdated"})
    void followsNoLinkWithin(String link) throws IOException {
        Path place = project.resolve(".olympe-snapshot").resolve(link);
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, outside);
        refusesAndLeavesEverything("it is not a folder");
    }

    @Test
    void doesNotTakeALinkForTheOldFolderOfARootTag() throws IOException {
        Path old = Files.createDirectories(project.resolve(".olympe-snapshot/snapshot/old"));
        Files.createSymbolicLink(old.resolve("abc"), outside);
        refusesAndLeavesEverything("it is not the folder of a root tag");
    }

    @Test
    void replacesNothingThroughALinkInTheProject() throws IOException {
        Files.createSymbolicLink(project.resolve("patches"), outside);
        write(".olympe-snapshot/patches/old/abc/Old.json", "old");
        refusesAndLeavesEverything("passes through the symbolic link 'patches'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Foutside", "%2Fetc", ".git", "%2E%2E", "a%2F..%2F..%2Foutside"})
    void leavesTheProjectForNoName(String name) throws IOException {
        write(".olympe-snapshot/" + name + "/old/abc/Old.json", "old");
        refusesAndLeavesEverything("it has another name");
    }

    @ParameterizedTest
    @ValueSource(strings = {".olympe-snapshot", ".Olympe-Snapshot"})
    void takesNothingThatGitTracksForItsOwnLeftover(String folder) throws IOException, GitAPIException {
        write(folder + "/snapshot/old/abc/Old.json", "old");
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            git.add().addFilepattern(".").call();
        }
        if (!folder.equals(InterruptedReplacement.WORK)) {
            // As on a file system that ignores case.
            Files.move(project.resolve(folder), project.resolve(InterruptedReplacement.WORK));
        }
        Map<String, String> before = tree();

        assertThat(putBack()).isFalse();

        assertThat(tree()).isEqualTo(before);
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> InterruptedReplacement.requireUntracked(project))
                .withMessageContaining("is tracked by git");
    }

    @Test
    void putsBackIfTheRepositoryDoesNotTrackIt() throws IOException, GitAPIException {
        try (Git git = Git.init().setDirectory(temporary.toFile()).call()) {
            git.add().addFilepattern("project/snapshot").call();
        }
        write(".olympe-snapshot/snapshot/old/abc/Old.json", "old");

        assertThat(putBack()).isTrue();

        assertThat(FileTree.files(project.resolve("snapshot")).keySet()).isEqualTo(Set.of("abc/Old.json"));
    }

    @Test
    void putsBackPatchesInTheProjectsOwnFolderAndInOneWithPercentSigns() throws IOException {
        write("abc/New.json", "new");
        write(".olympe-snapshot/%/old/abc/Old.json", "old");
        write(".olympe-snapshot/%/outdated/xyz/Older.json", "older");
        write(".olympe-snapshot/100%25%2Fdone/old/abc/Old.json", "old");
        Files.createDirectories(project.resolve(".olympe-snapshot/snapshot"));

        assertThat(putBack()).isTrue();

        assertThat(tree())
                .containsOnly(
                        Map.entry("outside/precious.json", "precious"),
                        Map.entry("project/abc/Old.json", "old"),
                        Map.entry("project/100%/done/abc/Old.json", "old"),
                        Map.entry("project/snapshot/abc/New.json", "new"));
        assertThat(project.resolve(".olympe-snapshot")).doesNotExist();
    }

    /** The replacement was killed when nothing or everything was replaced: what is there then counts. */
    @Test
    void changesNoPatchIfTheReplacementHadNotBegunOrWasComplete() throws IOException {
        write(".olympe-snapshot/snapshot/new/abc/Newer.json", "newer");
        write(".olympe-snapshot/snapshot/outdated/abc/Old.json", "old");

        assertThat(putBack()).isTrue();

        assertThat(tree())
                .containsOnly(
                        Map.entry("outside/precious.json", "precious"),
                        Map.entry("project/snapshot/abc/New.json", "new"));
    }

    @Test
    void theMarkOfARootTagThatWasNewIsAnEmptyFile() throws IOException {
        write(".olympe-snapshot/snapshot/old/abc", "");
        assertThat(putBack()).isTrue();
        assertThat(tree()).containsOnly(Map.entry("outside/precious.json", "precious"));

        write(".olympe-snapshot/snapshot/old/abc", "text");
        refusesAndLeavesEverything("it is not the folder of a root tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot/other/abc/Old.json", "snapshot/old/a-b/Old.json", "snapshot"})
    void refusesWhatItWouldNotHaveLeft(String path) throws IOException {
        write(".olympe-snapshot/" + path, "old");
        refusesAndLeavesEverything("is not what an interrupted snapshot leaves there");
    }

    @Test
    void refusesIfItIsUnknownWhatGitTracks() throws IOException, GitAPIException {
        write(".olympe-snapshot/snapshot/old/abc/Old.json", "old");
        Git.init().setDirectory(project.toFile()).call().close();
        Files.writeString(project.resolve(".git/index"), "not an index");

        refusesAndLeavesEverything("it is unknown whether git tracks it");
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> InterruptedReplacement.requireUntracked(project))
                .withMessageContaining("it is unknown whether git tracks it");
    }

    @Test
    void twoReplacementsArePutBack() throws IOException {
        write(".olympe-snapshot/one/old/abc/Old.json", "old");
        write(".olympe-snapshot/two/old/abc/Old.json", "old");
        assertThat(InterruptedReplacement.in(project)).hasSize(2);

        InterruptedReplacement.in(project).get(0).putBack();
        assertThat(tree()).containsKeys("project/one/abc/Old.json", "project/.olympe-snapshot/two/old/abc/Old.json");

        assertThat(putBack()).isTrue();
        assertThat(tree()).containsKeys("project/one/abc/Old.json", "project/two/abc/Old.json");
        assertThat(putBack()).isFalse();
        InterruptedReplacement.requireUntracked(project);
    }

    /** As after a kill while an earlier replacement was put back. */
    @Test
    void theOldPatchesWinOverNewOnesInBothPlaces() throws IOException {
        write(".olympe-snapshot/snapshot/old/abc/Old.json", "old");
        write(".olympe-snapshot/snapshot/new/abc/New.json", "new");

        assertThat(putBack()).isTrue();

        assertThat(tree())
                .containsOnly(
                        Map.entry("outside/precious.json", "precious"),
                        Map.entry("project/snapshot/abc/Old.json", "old"));
    }
}
