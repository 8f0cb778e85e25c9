package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the real npm, with packages that are tarballs and folders of the project, so that nothing is downloaded. */
class NpmInstallTest {

    @TempDir
    static Path results;

    private static NpmOnce once;

    @TempDir
    Path project;

    @TempDir
    Path locks;

    private final NodeFixture fixture = new NodeFixture();

    @BeforeAll
    static void keepResults() {
        once = NpmOnce.in(results);
    }

    @BeforeEach
    void writeProject() throws IOException {
        NodeFixture.write(project, "libs/one/package.json", "{\"name\": \"one\", \"version\": \"1.0.0\"}");
        NodeFixture.write(project, "libs/one/index.js", "");
        once.run(
                "pack",
                project,
                () -> fixture.npm(project.resolve("libs/one"))
                        .run("pack", "--silent", "--pack-destination", project.toString()));
        NodeFixture.write(project, "libs/two/package.json", "{\"name\": \"two\", \"version\": \"2.0.0\"}");
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "dependencies": {"one": "file:one-1.0.0.tgz", "two": "file:libs/two"}}
                """);
        fixture.said();
    }

    private NpmInstall install(String... arguments) {
        return new NpmInstall(fixture.npm(project), List.of(arguments), locks, Optional.empty(), new HashSet<>());
    }

    private void installOnce() {
        once.run("install", project, install()::run);
        fixture.said();
    }

    private List<String> run(String... arguments) {
        install(arguments).run();
        return fixture.said().stream().filter(line -> !line.startsWith(">")).toList();
    }

    @Test
    void saysThatALockFileMakesBuildsRepeatable() {
        assertThat(run()).containsExactly("no lock file", "running npm install");
        assertThat(project.resolve("node_modules/one/index.js")).exists();
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void installsByTheLockFile() throws IOException {
        installOnce();
        FileTree.delete(project.resolve("node_modules"));
        assertThat(run()).containsExactly("installing: there is no finished install", "running npm ci");
        assertThat(run()).containsExactly("up to date");
    }

    /** A lock file that git ignores, as in Olympe's template, is missing in a fresh checkout. */
    @Test
    void installsByALockFileOnlyIfGitTracksIt() throws Exception {
        installOnce();
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            FileTree.delete(project.resolve("node_modules"));
            assertThat(run())
                    .containsExactly(
                            "lock file is not tracked",
                            "installing: there is no finished install",
                            "running npm install");
            git.add().addFilepattern("package-lock.json").call();
            FileTree.delete(project.resolve("node_modules"));
            assertThat(run()).containsExactly("installing: there is no finished install", "running npm ci");
        }
    }

    @Test
    void recognisesWithoutNpmThatThereIsNothingToDo() {
        installOnce();
        Duration best = Duration.ofMinutes(1);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            assertThat(run()).containsExactly("up to date");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void acceptsAnInstallByHand() throws IOException {
        installOnce();
        FileTree.delete(project.resolve("node_modules"));
        fixture.npm(project).run("ci");
        fixture.said();
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void aPackageThatIsMissingIsInstalled() throws IOException {
        installOnce();
        FileTree.delete(project.resolve("node_modules/one"));
        assertThat(run()).containsExactly("installing: node_modules/one is missing", "running npm ci");
        Files.writeString(
                project.resolve("node_modules/one/package.json"), "{\"name\": \"one\", \"version\": \"0.9.0\"}");
        assertThat(run()).first().isEqualTo("installing: node_modules/one is not 1.0.0");
        Files.delete(project.resolve("node_modules/two"));
        assertThat(run()).first().isEqualTo("installing: node_modules/two is missing");
        assertThat(run()).containsExactly("up to date");
    }

    /** Someone has written a first dependency into package.json by hand. */
    @Test
    void aLockFileWithoutTheRequiredPackagesIsAnError() {
        NodeFixture.write(project, "package-lock.json", """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "shop", "version": "1.0.0"}}}
                """);
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("'npm ci' failed with exit code ");
        assertThat(fixture.said()).contains("installing: package.json and package-lock.json differ in dependencies");
    }

    @Test
    void aChangedLockFileIsInstalled() throws IOException {
        installOnce();
        Path lock = project.resolve("package-lock.json");
        String before = Files.readString(lock);
        Files.writeString(lock, before.replaceFirst("\"integrity\": \"[^\"]+\"", "\"integrity\": \"sha512-AAAA\""));
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("'npm ci' failed with exit code ");
        Files.writeString(lock, before);
        assertThat(run()).contains("running npm ci");
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void npmReportsADependencyThatTheLockFileLacks() throws IOException {
        installOnce();
        Path packageJson = project.resolve("package.json");
        Files.writeString(packageJson, Files.readString(packageJson).replace("\"two\":", "\"three\":"));
        assertThatThrownBy(() -> install().run()).isInstanceOf(OlympeException.class);
        assertThat(fixture.said()).contains("installing: package.json and package-lock.json differ in dependencies");
    }

    @Test
    void theProjectsOwnVersionDoesNotMatter() throws IOException {
        installOnce();
        for (String file : List.of("package.json", "package-lock.json")) {
            Path path = project.resolve(file);
            Files.writeString(
                    path, Files.readString(path).replaceFirst("\"version\": ?\"1.0.0\"", "\"version\": \"1.0.1\""));
        }
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void otherArgumentsInstallAgain() {
        installOnce();
        assertThat(run("--omit=dev")).contains("running npm ci --omit=dev");
        assertThat(run("--omit=dev")).containsExactly("up to date");
        assertThat(run()).contains("running npm ci");
    }

    @Test
    void aFailedInstallDoesNotCountAsFinished() throws IOException {
        installOnce();
        Path packageJson = project.resolve("package.json");
        String good = Files.readString(packageJson);
        Files.writeString(packageJson, good.replaceFirst("\\{", "{\"scripts\": {\"postinstall\": \"exit 3\"}, "));
        assertThatThrownBy(() -> install("--foreground-scripts").run())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'npm ci --foreground-scripts' failed with exit code 3");
        Files.writeString(packageJson, good);
        assertThat(run("--foreground-scripts")).contains("running npm ci --foreground-scripts");
    }

    @Test
    void anInterruptedInstallDoesNotCountAsFinished() throws Exception {
        installOnce();
        Path packageJson = project.resolve("package.json");
        String good = Files.readString(packageJson);
        Files.writeString(
                packageJson,
                good.replaceFirst("\\{", "{\"scripts\": {\"postinstall\": \"echo here > here; sleep 100\"}, "));
        Thread thread = new Thread(() -> {
            try {
                install("--foreground-scripts").run();
            } catch (OlympeException e) {
                fixture.note("interrupted");
            }
        });
        thread.start();
        Waiting.until("npm runs the script", () -> Files.exists(project.resolve("here")));
        thread.interrupt();
        thread.join();
        assertThat(fixture.said()).contains("interrupted");
        Files.writeString(packageJson, good);
        assertThat(run("--foreground-scripts")).contains("running npm ci --foreground-scripts");
        assertThat(run("--foreground-scripts")).containsExactly("up to date");
    }

    /** Unlike {@code npm ci}, {@code npm install} leaves the packages there when it fails. */
    @Test
    void packagesLeftByAFailedInstallDoNotCountAsInstalled() throws IOException {
        installOnce();
        NodeFixture.initGit(project);
        Path packageJson = project.resolve("package.json");
        String good = Files.readString(packageJson);
        Files.writeString(packageJson, good.replace("\"two\":", "\"three\": \"file:three-1.0.0.tgz\", \"two\":"));
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("'npm install' failed with exit code ");
        assertThat(project.resolve("node_modules/one")).exists();
        assertThat(InstallStamp.file(project)).doesNotExist();
        assertThat(LockFile.installedFile(project)).doesNotExist();

        Files.writeString(packageJson, good);
        assertThat(run()).contains("installing: there is no finished install", "running npm install");
        assertThat(run()).contains("up to date");
    }

    @Test
    void aProjectWithoutPackagesNeedsNoInstall() {
        NodeFixture.write(project, "package.json", "{\"name\": \"shop\", \"version\": \"1.0.0\"}");
        assertThat(run()).contains("running npm install");
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void aWorkspaceIsInstalledAtItsRoot() throws Exception {
        Git git = Git.init().setDirectory(project.toFile()).call();
        NodeFixture.write(project, "package.json", """
                {"name": "all", "version": "1.0.0", "private": true, "workspaces": ["apps/*", "libs/two"]}
                """);
        NodeFixture.write(project, "apps/shop/package.json", """
                {"name": "shop", "version": "1.0.0", "dependencies": {"two": "2.0.0"}}
                """);
        Path member = project.resolve("apps/shop");
        NpmInstall install = new NpmInstall(fixture.npm(member), List.of(), locks, Optional.empty(), new HashSet<>());
        install.run();
        assertThat(project.resolve("node_modules/two")).exists();
        assertThat(member.resolve("package-lock.json")).doesNotExist();
        git.add().addFilepattern("package-lock.json").call();
        git.close();
        fixture.said();
        install.run();
        assertThat(fixture.said()).containsExactly("up to date");
        assertThat(NpmInstall.linkedPackages(Workspace.of(member)))
                .containsExactlyInAnyOrder(member, project.resolve("libs/two"));
    }

    @Test
    void aFolderOutsideOfTheWorkspacesPatternsIsAProjectOfItsOwn() {
        NodeFixture.initGit(project);
        NodeFixture.write(project, "package.json", """
                {"name": "all", "workspaces": ["apps/*", "!apps/old", "./libs/"]}
                """);
        NodeFixture.write(project, "apps/shop/package.json", "{}");
        assertThat(Workspace.of(project.resolve("apps/shop")).root()).isEqualTo(project);
        assertThat(Workspace.of(project.resolve("libs")).root()).isEqualTo(project);
        assertThat(Workspace.of(project.resolve("apps/old")).root()).isEqualTo(project.resolve("apps/old"));
    }

    @Test
    void brokenFilesAreErrors() throws IOException {
        installOnce();
        Files.writeString(project.resolve("package-lock.json"), "{ broken");
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("package-lock.json' is not valid JSON");
        Files.writeString(project.resolve("package-lock.json"), "[]");
        assertThatThrownBy(() -> install().run()).isInstanceOf(OlympeException.class);
    }

    @Test
    void aGoalThatNeedsPackagesInstallsThemOnlyIfThereAreNone() {
        install().runIfMissing();
        assertThat(fixture.said()).contains("running npm install");
        install().runIfMissing();
        assertThat(fixture.said()).isEmpty();
    }

    @Test
    void passesArgumentsOnUnchanged() {
        Npm npm = fixture.npm(project)
                .with(Map.of("npm_config_cache", project.resolve(".npm").toString()));
        new NpmInstall(npm, List.of(), locks, Optional.empty(), new HashSet<>()).run();
        assertThat(project.resolve(".npm")).isDirectory();
    }
}
