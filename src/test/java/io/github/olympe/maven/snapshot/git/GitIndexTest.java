package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether git tracks a path: yes, no, or unknown, but never a guess. */
class GitIndexTest {

    @TempDir
    Path folder;

    private Path module;

    @BeforeEach
    void module() throws IOException {
        module = Files.createDirectories(folder.resolve("repository/module"));
    }

    private void track(String... files) throws Exception {
        for (String file : files) {
            Path path = module.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
        try (Git git = Git.init().setDirectory(module.getParent().toFile()).call()) {
            git.add().addFilepattern(".").call();
        }
    }

    @Test
    void aFolderIsTrackedIfSomethingInItIs() throws Exception {
        track("a/deep/b.txt", "work-other/c.txt", "worker", "../work/d.txt");

        assertThat(GitIndex.tracks(module, "a")).contains(true);
        assertThat(GitIndex.tracks(module, "A/Deep")).contains(true);
        assertThat(GitIndex.tracks(module, "WORKER")).contains(true);
        assertThat(GitIndex.tracks(module, "work")).contains(false);
        assertThat(GitIndex.tracks(module, "missing")).contains(false);
    }

    @Test
    void nothingIsTrackedWhereNoRepositoryHasAWorkingTree() throws Exception {
        assertThat(GitIndex.tracks(module, "a")).contains(false);

        try (Git git = Git.init()
                .setBare(true)
                .setGitDir(module.resolve("bare.git").toFile())
                .call()) {
            assertThat(GitIndex.tracks(git.getRepository().getDirectory().toPath(), "a"))
                    .contains(false);
        }
    }

    @Test
    void itIsUnknownIfTheIndexCannotBeRead() throws Exception {
        track("a/b.txt");
        Files.writeString(module.resolveSibling(".git/index"), "not an index");

        assertThat(GitIndex.tracks(module, "a")).isEmpty();
    }
}
