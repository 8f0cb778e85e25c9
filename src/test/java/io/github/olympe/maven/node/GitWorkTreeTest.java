package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.testing.RealProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the real git, with each kind of repository that it makes. */
@Timeout(120)
class GitWorkTreeTest {

    private static final GitProgram GIT = new GitProgram(System.getenv(), new CommandRunner(UnaryOperator.identity()));

    /** There is no git on this PATH. */
    private static final GitProgram NO_GIT = new GitProgram(Map.of(), GIT.runner());

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void setProject() throws IOException {
        project = folder.toRealPath().resolve("shop");
    }

    private void git(String... arguments) {
        String[] line = new String[arguments.length + 5];
        System.arraycopy(
                new String[] {"git", "-c", "user.name=ann", "-c", "user.email=ann@example.com"}, 0, line, 0, 5);
        System.arraycopy(arguments, 0, line, 5, arguments.length);
        RealProgram.run(project, line);
    }

    /** A repository of this kind with a tracked file that is ignored, and one that is only ignored. */
    private void makeRepository(String kind) throws Exception {
        Files.createDirectories(project);
        git("init", "-q", "-b", "main", "--object-format=" + (kind.equals("sha256") ? "sha256" : "sha1"));
        write(".gitignore", "*.log\ndist/\n!kept.log\n");
        write("src/a.js", "a");
        write("src/ä.js", "a");
        write("src/tracked.log", "a");
        write("src/kept.log", "a");
        write("other/b.js", "b");
        git("add", "-A", "-f");
        git("commit", "-q", "-m", "one");
        write("src/ignored.log", "x");
        write("src/new.js", "x");
        write("dist/web/index.html", "x");
        switch (kind) {
            case "split" -> {
                git("config", "core.splitIndex", "true");
                git("update-index", "--split-index");
                write("src/b.js", "b");
                git("add", "src/b.js");
            }
            case "sparse" -> {
                git("config", "index.sparse", "true");
                git("sparse-checkout", "init", "--cone", "--sparse-index");
                git("sparse-checkout", "set", "src");
            }
            case "without checksum" -> {
                git("config", "index.skipHash", "true");
                byte[] index = Files.readAllBytes(project.resolve(".git/index"));
                Arrays.fill(index, index.length - 20, index.length, (byte) 0);
                Files.write(project.resolve(".git/index"), index);
            }
            case "version 4" -> git("update-index", "--index-version", "4", "--force-write-index");
            case "reftable" -> {
                try (FileRepository repository =
                        new FileRepository(project.resolve(".git").toFile())) {
                    repository.convertRefStorage("reftable", true, false);
                }
            }
            case "worktree" -> {
                git("worktree", "add", "-q", "../other-shop", "-b", "other");
                project = project.resolveSibling("other-shop");
                write("src/ignored.log", "x");
                write("src/new.js", "x");
                write("dist/web/index.html", "x");
            }
            default -> assertThat(kind).isIn("plain", "sha256");
        }
    }

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    private Map<String, String> inputs(GitProgram git) {
        return ProjectFiles.notIgnored(project, List.of(project.resolve("other")), git);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "split", "sparse", "sha256", "reftable", "version 4", "without checksum", "worktree"})
    void inputsAreWhatGitTracksOrDoesNotIgnore(String kind) throws Exception {
        makeRepository(kind);
        assertThat(inputs(GIT))
                .containsKeys("src/a.js", "src/ä.js", "src/tracked.log", "src/kept.log", "src/new.js", ".gitignore")
                .doesNotContainKeys("src/ignored.log", "dist/web/index.html");
        assertThat(ProjectFiles.hasTracked(project.resolve("src"), GIT)).isTrue();
        assertThat(ProjectFiles.hasTracked(project.resolve("dist"), GIT)).isFalse();
    }

    /** Without git, nobody knows which files it tracks. Then all files are inputs, so that every change is noticed. */
    @ParameterizedTest
    @ValueSource(strings = {"split", "sparse", "sha256"})
    void withoutGitAllFilesAreInputs(String kind) throws Exception {
        makeRepository(kind);
        assertThat(inputs(NO_GIT))
                .containsKeys("src/a.js", "src/tracked.log", "src/ignored.log", "dist/web/index.html");
        assertThat(ProjectFiles.hasTracked(project.resolve("src"), NO_GIT)).isTrue();
        assertThat(ProjectFiles.hasTracked(project.resolve("dist"), NO_GIT)).isFalse();
    }

    @Test
    void ignoreRulesOfTheRepositoryAndOfFoldersApply() throws Exception {
        makeRepository("plain");
        write(".git/info/exclude", "*.tmp\n");
        write("src/a.tmp", "x");
        write("src/sub/.gitignore", "/*.gen\n!kept.tmp\n");
        write("src/sub/b.gen", "x");
        write("src/sub/deeper/c.gen", "x");
        write("src/sub/kept.tmp", "x");
        assertThat(inputs(GIT))
                .containsKeys("src/sub/deeper/c.gen", "src/sub/kept.tmp")
                .doesNotContainKeys("src/a.tmp", "src/sub/b.gen");
    }

    @Test
    void aProjectInAnIgnoredFolderHasAllItsFilesAsInputs() throws Exception {
        makeRepository("plain");
        write("dist/inner/src/a.js", "x");
        project = project.resolve("dist/inner");
        assertThat(inputs(GIT)).containsOnlyKeys("src/a.js");
    }

    @Test
    void aSubmoduleIsPartOfTheProject() throws Exception {
        makeRepository("plain");
        write("module/.git", "gitdir: ../.git/modules/module\n");
        write("module/a.log", "x");
        assertThat(inputs(GIT)).containsKey("module/a.log");
    }

    @Test
    void ignoreRulesOfTheUserApply() throws Exception {
        makeRepository("plain");
        write("../excludes", "new.js\n");
        git("config", "core.excludesFile", project.resolveSibling("excludes").toString());
        assertThat(inputs(GIT)).doesNotContainKey("src/new.js").containsKey("src/a.js");
    }

    @Test
    void anUnreadableRepositoryIsAnError() throws Exception {
        makeRepository("plain");
        write(".git/config", "[broken");
        assertThatThrownBy(() -> inputs(GIT))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The git repository of '" + project + "' cannot be read (")
                .hasMessageEndingWith("). Check it with 'git status'.");
        assertThatThrownBy(() -> GitWorkTree.of(folder.resolve("none"), GIT))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The git repository of '" + folder.resolve("none") + "' cannot be read (");
    }

    /** Prints the inputs of a project with their digests. */
    static final class Inputs {

        private Inputs() {}

        public static void main(String[] arguments) {
            ProjectFiles.notIgnored(Path.of(arguments[0]), List.of(), GIT)
                    .forEach((name, digest) ->
                            System.out.writeBytes((name + " " + digest + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void namesBeyondAsciiAreDistinguishedInAPosixLocale() throws Exception {
        makeRepository("plain");
        write("src/ö.js", "one");
        write("src/ü.log", "tracked and ignored");
        git("add", "-f", "src/ü.log");
        Optional<String> before = posix();
        assertThat(before.orElseThrow())
                .contains("src/ä.js ", "src/ö.js ", "src/ü.log ")
                .doesNotContain("\ufffd", "?");
        write("src/ö.js", "two");
        assertThat(posix()).isNotEqualTo(before);
    }

    private Optional<String> posix() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Inputs.class.getName(),
                project.toString());
        builder.environment().put("LC_ALL", "POSIX");
        Process jvm = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return jvm.waitFor(50, TimeUnit.SECONDS) && jvm.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    }
}
