package io.github.olympe.maven.patches.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void commits() throws Exception {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            write("snapshot/a.json", "first");
            write("snapshot/b/c.json", "the same");
            write("package.json", "{}");
            commit(git, "One");
            write("snapshot/a.json", "second");
            commit(git, "Two");
            write("snapshot/a.json", "not committed");
        }
    }

    @Test
    void readsCommitsWithoutACheckout() throws Exception {
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            ContentTree before = git.files("HEAD~1", "snapshot").orElseThrow();
            ContentTree after = git.files("main", "snapshot").orElseThrow();

            assertThat(before.files().keySet()).isEqualTo(Set.of("a.json", "b/c.json"));
            assertThat(texts(before)).isEqualTo(Map.of("a.json", "first", "b/c.json", "the same"));
            assertThat(texts(after)).isEqualTo(Map.of("a.json", "second", "b/c.json", "the same"));
            assertThat(after.files().get("a.json").place()).isEqualTo("main:snapshot/a.json");
            assertThat(after.files().get("a.json").size()).isEqualTo(6);
        }
    }

    @Test
    void executableFilesAreReadTooAndLinksAreNot() throws Exception {
        assertThat(folder.resolve("snapshot/b/c.json").toFile().setExecutable(true))
                .isTrue();
        Files.createSymbolicLink(folder.resolve("snapshot/link"), Path.of("a.json"));
        try (Git git = Git.open(folder.toFile())) {
            commit(git, "Three");
        }

        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            assertThat(git.files("HEAD", "snapshot").orElseThrow().files().keySet())
                    .containsExactly("a.json", "b/c.json");
        }
    }

    @Test
    void equalContentsHaveEqualIdsInGitAndInAFolder() throws Exception {
        ContentTree inFolder = FolderTree.of(folder.resolve("snapshot"), "snapshot");
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            ContentTree inGit = git.files("HEAD", "snapshot").orElseThrow();

            assertThat(inFolder.files().get("b/c.json").id())
                    .isEqualTo(inGit.files().get("b/c.json").id());
            assertThat(inFolder.files().get("a.json").id())
                    .isNotEqualTo(inGit.files().get("a.json").id());
        }
    }

    @Test
    void theIndexKnowsUntouchedFiles() throws Exception {
        Instant before = Instant.now().minusSeconds(100);
        Path same = touch("snapshot/b/c.json", before);
        Path edited = touch("snapshot/a.json", before);
        refresh();

        assertThat(known("b/c.json", same)).isPresent().isEqualTo(id("b/c.json"));
        assertThat(known("a.json", edited)).isPresent();

        Files.writeString(edited, "Not committed"); // as long as before
        assertThat(known("a.json", edited)).isEmpty();
        touch("snapshot/b/c.json", before.plusSeconds(1));
        assertThat(known("b/c.json", same)).isEmpty();
        Files.writeString(folder.resolve("snapshot/new.json"), "{}");
        assertThat(known("new.json", folder.resolve("snapshot/new.json"))).isEmpty();
    }

    @Test
    void theIndexIsNotTrustedForFilesThatMayBeNewer() throws Exception {
        Path file = touch("snapshot/a.json", Instant.now().plusSeconds(100));
        refresh();

        assertThat(known("a.json", file)).isEmpty();
    }

    @Test
    void theIndexIsNotTrustedIfGitConvertsFiles() throws Exception {
        Path file = touch("snapshot/b/c.json", Instant.now().minusSeconds(100));
        refresh();
        Path attributes = folder.resolve(".gitattributes");
        Files.writeString(attributes, "* text=auto");
        assertThat(known("b/c.json", file)).isEmpty();
        Files.delete(attributes);
        assertThat(known("b/c.json", file)).isPresent();

        configure("autocrlf", "input");
        assertThat(known("b/c.json", file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".gitattributes", "snapshot/.gitattributes", "snapshot/b/.gitattributes", ".git/info/attributes"
            })
    void theIndexIsNotTrustedBelowAttributes(String attributes) throws Exception {
        Path file = touch("snapshot/b/c.json", Instant.now().minusSeconds(100));
        refresh();
        assertThat(known("b/c.json", file)).isPresent();

        write(attributes, "*.json filter=lfs");

        assertThat(known("b/c.json", file)).isEmpty();
    }

    @Test
    void theIndexIsNotTrustedWithAttributesInTheRepository() throws Exception {
        Path file = touch("snapshot/b/c.json", Instant.now().minusSeconds(100));
        write("snapshot/b/.gitattributes", "* text=auto");
        refresh();

        Files.delete(folder.resolve("snapshot/b/.gitattributes"));

        assertThat(known("b/c.json", file)).isEmpty();
    }

    @Test
    void theIndexIsNotTrustedWithAttributesOfTheUser() throws Exception {
        Path file = touch("snapshot/b/c.json", Instant.now().minusSeconds(100));
        refresh();

        configure("attributesFile", "~/.gitattributes");

        assertThat(known("b/c.json", file)).isEmpty();
    }

    @Test
    void whatGitStoresOfUntouchedFilesIsKnownEvenIfItConvertsThem() throws Exception {
        Path file = touch("snapshot/b/c.json", Instant.now().minusSeconds(100));
        refresh();
        write("snapshot/b/.gitattributes", "* text=auto");
        configure("autocrlf", "true");

        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            FolderTree.KnownIds ids = git.asStored("snapshot");
            assertThat(ids.of("b/c.json", Files.readAttributes(file, BasicFileAttributes.class)))
                    .isPresent()
                    .isEqualTo(id("b/c.json"));
            Files.writeString(file, "The same");
            assertThat(ids.of("b/c.json", Files.readAttributes(file, BasicFileAttributes.class)))
                    .isEmpty();
        }
    }

    private void configure(String name, String value) throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            git.getRepository().getConfig().setString("core", null, name, value);
            git.getRepository().getConfig().save();
        }
    }

    private Path touch(String path, Instant time) throws IOException {
        return Files.setLastModifiedTime(folder.resolve(path), FileTime.from(time));
    }

    /** Has git note how the files are now. */
    private void refresh() throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            git.add().addFilepattern(".").call();
        }
    }

    private Optional<String> known(String path, Path file) throws IOException {
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            return git.inWorkTree("snapshot").of(path, Files.readAttributes(file, BasicFileAttributes.class));
        }
    }

    private Optional<String> id(String path) {
        return Optional.of(FolderTree.of(folder.resolve("snapshot"), "snapshot")
                .files()
                .get(path)
                .id());
    }

    @Test
    void pathsAreRelativeToTheFolderThatWasOpened() throws Exception {
        try (GitFiles git = GitFiles.open(folder.resolve("snapshot")).orElseThrow()) {
            assertThat(git.files("HEAD", "b").orElseThrow().files().keySet()).containsExactly("c.json");
            assertThat(git.files("HEAD", "").orElseThrow().files().keySet()).containsExactly("a.json", "b/c.json");
        }
    }

    @Test
    void aFileThatAPartialCloneLacksIsAnErrorThatSaysHowToFetchIt() throws Exception {
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            Content file = git.files("HEAD", "snapshot").orElseThrow().files().get("a.json");
            Path object = folder.resolve(".git/objects/" + file.id().substring(0, 2))
                    .resolve(file.id().substring(2));
            Files.delete(object);

            assertThatThrownBy(file::open)
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("'HEAD:snapshot/a.json' is not in this clone")
                    .hasMessageContaining("git fetch --refetch --no-filter");
        }
    }

    @Test
    void aSubmoduleIsAnErrorBecauseItsFilesAreNotInTheCommit() throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            DirCache index = git.getRepository().lockDirCache();
            DirCacheEditor editor = index.editor();
            ObjectId head = git.getRepository().resolve("HEAD");
            editor.add(new DirCacheEditor.PathEdit("modules/shop") {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(FileMode.GITLINK);
                    entry.setObjectId(head);
                }
            });
            editor.commit();
            git.commit().setSign(false).setMessage("Submodule").call();
        }
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            assertThatThrownBy(() -> git.files("HEAD", "modules/shop"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("The folder 'modules/shop' is a git submodule");
        }
    }

    @Test
    void missingFilesAreAbsentOrEmpty(@TempDir Path elsewhere) {
        assertThat(GitFiles.open(elsewhere)).isEmpty();
        try (GitFiles git = GitFiles.open(folder).orElseThrow()) {
            assertThat(git.files("no-such-branch", "snapshot")).isEmpty();
            assertThat(git.files("registry.example.com/shop:1", "snapshot")).isEmpty();
            assertThat(git.hasCommit("HEAD~7")).isFalse();
            assertThat(git.files("HEAD", "no/folder").orElseThrow().files()).isEmpty();
            assertThat(git.files("HEAD", "package.json").orElseThrow().files()).isEmpty();
        }
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void commit(Git git, String message) throws Exception {
        git.add().addFilepattern(".").call();
        git.commit()
                .setSign(false)
                .setAuthor("A", "a@example.com")
                .setCommitter("A", "a@example.com")
                .setMessage(message)
                .call();
    }

    private static Map<String, String> texts(ContentTree tree) throws IOException {
        Map<String, String> texts = new java.util.TreeMap<>();
        for (var file : tree.files().entrySet()) {
            try (InputStream in = file.getValue().open()) {
                texts.put(file.getKey(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
