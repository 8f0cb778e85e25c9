package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.packages.PackageCache;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether npm runs, which of its commands, and what the plugin deletes and records before and after it. npm's part is played by a script;
 * {@link NpmInstallTest} and {@link NpmUpToDateTest} have the real one.
 */
class NpmInstallStepsTest {

    private static final String FIRST = "installing: there is no finished install";
    private static final String CI = "running npm ci";
    private static final String UP_TO_DATE = "up to date";

    @TempDir
    Path folder;

    @TempDir
    Path project;

    @TempDir
    Path locks;

    private NpmStandIn node;
    private Path stamp;
    private Path packages;

    @BeforeEach
    void writeProject() {
        node = new NpmStandIn(folder);
        NpmStandIn.writeProject(project);
        stamp = project.resolve("node_modules/.olympe-install");
        packages = project.resolve("node_modules/.package-lock.json");
    }

    private NpmInstall install(Npm npm, String... arguments) {
        return new NpmInstall(npm, List.of(arguments), locks, Optional.empty(), new HashSet<>());
    }

    private NpmInstall install(String... arguments) {
        return install(node.npm(project), arguments);
    }

    /** Installs, as one build, and returns what the log says. */
    private List<String> run(String... arguments) {
        install(arguments).run();
        return node.log.said();
    }

    private void failsToInstall() {
        assertThatThrownBy(() -> install().run()).isInstanceOf(OlympeException.class);
        node.log.said();
    }

    private Optional<String> reason(String... arguments) {
        return install(arguments).reasonToInstall();
    }

    private void writeScript(String name) {
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"scripts\": {\"" + name + "\": \"x\"}, \"name\"");
    }

    @Test
    void theFirstBuildInstallsAndTheNextHasNothingToDo() {
        assertThat(run()).containsExactly(FIRST, CI);
        assertThat(stamp).exists();
        assertThat(run()).containsExactly(UP_TO_DATE);
    }

    @Test
    void argumentsReachNpm() {
        node.does(NpmStandIn.INSTALLS + "echo \"$@\"");
        assertThat(run("--omit=dev", "--no-audit"))
                .containsExactly(FIRST, "running npm ci --omit=dev --no-audit", "> ci --omit=dev --no-audit");
        assertThat(run()).contains("installing: the last install was with another value of npmArguments");
    }

    @Test
    void withoutALockFileNpmMakesOne() throws IOException {
        Path lock = project.resolve("package-lock.json");
        Path made = Files.move(lock, project.resolve("made.json"));
        assertThat(reason()).contains("there is no lock file");
        node.does("cp made.json package-lock.json\n" + NpmStandIn.INSTALLS);
        assertThat(run()).containsExactly("no lock file", "running npm install");
        assertThat(lock).hasSameTextualContentAs(made);
        assertThat(run()).containsExactly(UP_TO_DATE);
    }

    /** Until npm has succeeded, nothing may say that it has: npm may be killed at any time. */
    @Test
    void whileNpmRunsThereIsNoRecordOfAnEarlierInstall() {
        run();
        NpmStandIn.replace(project, "package-lock.json", "sha512-A", "sha512-B");
        node.does("ls -A node_modules\n" + NpmStandIn.INSTALLS);
        assertThat(run()).containsExactly("installing: the last install was with another lock file", CI, "> one");
        assertThat(run()).containsExactly(UP_TO_DATE);
    }

    @Test
    void anInstallThatFailsLeavesNoRecord() {
        node.does(NpmStandIn.INSTALLS + "echo no such package; exit 3");
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessage("'npm ci' failed with exit code 3 in '" + project + "'; its output above says why.");
        assertThat(node.log.said()).containsExactly(FIRST, CI, "> no such package", "failed");
        assertThat(project.resolve("node_modules/one")).exists();
        assertThat(stamp).doesNotExist();
        assertThat(packages).doesNotExist();
        node.does(NpmStandIn.INSTALLS);
        assertThat(run()).containsExactly(FIRST, CI);
    }

    @Test
    void aRecordThatCannotBeDeletedIsAnError() throws IOException {
        Files.createDirectories(stamp.resolve("a folder"));
        assertThatThrownBy(() -> install().run())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The file '" + stamp + "' cannot be deleted (")
                .hasMessageEndingWith("check the folder's permissions.");
    }

    @Test
    void aProjectWithoutPackagesNeedsNoInstallAndNoFolder() throws IOException {
        NodeFixture.write(project, "package.json", "{\"name\": \"shop\"}");
        NodeFixture.write(project, "package-lock.json", "{\"packages\": {\"\": {\"name\": \"shop\"}}}");
        assertThat(run()).containsExactly(UP_TO_DATE);
        Files.delete(project.resolve("package-lock.json"));
        node.does("exit 0");
        assertThat(run()).containsExactly("no lock file", "running npm install");
        assertThat(project.resolve("node_modules")).doesNotExist();
    }

    @Test
    void someReasonsAreSeenWithoutTheStamp() {
        NpmStandIn.writePackages(project);
        assertThat(reason()).isEmpty();
        NpmStandIn.replace(project, "package.json", "\"1.0.0\"}", "\"2.0.0\"}");
        assertThat(reason()).contains("package.json and package-lock.json differ in dependencies");
        NpmStandIn.writeProject(project);
        NodeFixture.write(project, "node_modules/one/package.json", "{\"version\": \"0.9.0\"}");
        assertThat(reason()).contains("node_modules/one is not 1.0.0");
        NpmStandIn.writePackages(project);
        NodeFixture.write(project, "package-lock.json", "{\"lockfileVersion\": 1, \"dependencies\": {}}");
        assertThat(reason()).contains("the lock file is of npm 6 or older");
        NodeFixture.write(project, "package-lock.json", "{\"packages\": {\"\": {}}}");
        assertThat(reason()).contains("package.json and package-lock.json differ in dependencies");
    }

    /** Then only npm's own list says what is there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "package-lock.json | sha512-A | sha512-B | node_modules/one is not what the lock file says",
                "package-lock.json | \"node_modules/one\" | \"node_modules/two\" | node_modules/two is not what the lock file says",
                "node_modules/.package-lock.json | \"resolved\" | \"os\": \"darwin\", \"resolved\" | node_modules/one is not for linux x64",
            })
    void packagesInstalledByHandAreComparedWithTheLockFile(
            String file, String text, String replacement, String reason) {
        NpmStandIn.writePackages(project);
        assertThat(run()).containsExactly(UP_TO_DATE);
        NpmStandIn.replace(project, file, text, replacement);
        assertThat(reason()).hasValueSatisfying(found -> assertThat(found).startsWith(reason));
    }

    @Test
    void packagesInstalledByHandMayBeOthersIfSomethingIsSet() {
        NpmStandIn.writePackages(project);
        Npm npm = node.npm(project);
        Optional<String> unknown = Optional.of("the plugin has not installed them yet");
        assertThat(reason("--omit=dev")).isEqualTo(unknown);
        assertThat(install(npm.with(Map.of("NODE_ENV", "production"))).reasonToInstall())
                .isEqualTo(unknown);
        assertThat(install(npm.with(Map.of("npm_config_omit", "dev"))).reasonToInstall())
                .isEqualTo(unknown);
        assertThat(install(npm.with(Map.of("NODE_ENV", "test", "npm_config_registry", "https://npm.example.com")))
                        .reasonToInstall())
                .isEmpty();
    }

    @Test
    void npmUpdatesALockFileThatGitDoesNotTrack() throws Exception {
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            assertThat(run()).containsExactly("lock file is not tracked", FIRST, "running npm install");
            assertThat(run()).containsExactly(UP_TO_DATE);
            git.add().addFilepattern("package-lock.json").call();
            FileTree.delete(project.resolve("node_modules"));
            assertThat(run()).containsExactly(FIRST, CI);
        }
    }

    @Test
    void ifNothingCanReadGitsIndexALockFileThatIsIgnoredIsNotTracked() throws IOException {
        NodeFixture.initGit(project);
        NodeFixture.write(project, ".git/index", "of a later git");
        assertThat(run()).containsExactly(FIRST, CI);
        FileTree.delete(project.resolve("node_modules"));
        NodeFixture.write(project, ".gitignore", "package-lock.json\n");
        assertThat(run()).containsExactly("lock file is not tracked", FIRST, "running npm install");
    }

    /** {@code patch-package} works like this: its patches may have changed. */
    @Test
    void theProjectsScriptsRunEvenIfPackagesAreUpToDate() {
        writeScript("postinstall");
        run();
        node.does("echo \"$@\" $npm_config_token");
        Npm npm = node.npm(project).withSecrets(Map.of("npm_config_token", Secret.of("s3cret")));
        NpmInstall build = install(npm);
        build.run();
        build.run();
        assertThat(node.log.said())
                .as("once in a build, without the registry's secret")
                .containsExactly(UP_TO_DATE, "running npm run postinstall", "> run postinstall", UP_TO_DATE);
        assertThat(run("--ignore-scripts")).contains("running npm ci --ignore-scripts");
    }

    @Test
    void theBuildThatInstallsDoesNotRunTheScriptsAgain() {
        writeScript("postinstall");
        NpmInstall build = install();
        build.run();
        build.run();
        assertThat(node.log.said()).containsExactly(FIRST, CI, UP_TO_DATE);
    }

    @Test
    void aScriptThatFailsWithThePresentPackagesGetsFreshOnes() {
        writeScript("prepare");
        run();
        node.does("if [ $1 = run ]; then exit 1; fi\n" + NpmStandIn.INSTALLS);
        assertThat(run())
                .containsExactly(
                        UP_TO_DATE,
                        "running npm run prepare",
                        "failed",
                        "installing: an install script of the project failed with the packages that are there",
                        CI);
    }

    /** Someone has ended the build while a script ran: that is no reason to install. */
    @Test
    void aBuildThatIsEndedInstallsNothing() throws Exception {
        writeScript("prepare");
        run();
        node.does("touch started; exec sleep 100");
        FutureTask<Boolean> build = new FutureTask<>(() -> {
            assertThatThrownBy(() -> install().run())
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("was interrupted");
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(build);
        thread.start();
        Waiting.until("the script runs", () -> Files.exists(project.resolve("started")));
        thread.interrupt();
        assertThat(build.get()).as("still interrupted").isTrue();
        assertThat(node.log.said()).containsExactly(UP_TO_DATE, "running npm run prepare");
        assertThat(stamp).exists();
    }

    private List<String> runWithCache(Path checkout) {
        new NpmInstall(
                        node.npm(checkout),
                        List.of(),
                        locks,
                        Optional.of(new PackageCache(folder.resolve("cache"))),
                        new HashSet<>())
                .run();
        return node.log.said();
    }

    @Test
    void anotherCheckoutTakesThePackagesFromTheCache(@TempDir Path second) {
        assertThat(runWithCache(project)).containsExactly(FIRST, CI);
        NpmStandIn.writeProject(second);
        String taken = "Took the npm packages from " + folder.resolve("cache")
                + ": npm has installed the same on this machine before (packageCache).";
        assertThat(runWithCache(second)).containsExactly(FIRST, taken);
        assertThat(second.resolve("node_modules/one/package.json")).exists();
        assertThat(second.resolve("node_modules/.olympe-install")).hasSameTextualContentAs(stamp);
        assertThat(runWithCache(second)).containsExactly(UP_TO_DATE);
    }

    @Test
    void aScriptThatFailsAfterPackagesCameFromTheCacheFailsTheNextBuildToo(@TempDir Path second) throws IOException {
        writeScript("prepare");
        runWithCache(project);
        FileTree.copy(project, second);
        FileTree.delete(second.resolve("node_modules"));
        node.does("exit 3");
        for (int build = 0; build < 2; build++) {
            assertThatThrownBy(() -> runWithCache(second))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("'npm run prepare' failed with exit code 3");
            assertThat(node.log.said()).contains(FIRST);
        }
    }

    @Test
    void packagesThatCannotReplaceAnInstallAreInstalledByNpm() {
        NodeFixture.write(project, "binding.gyp", "{}");
        assertThat(runWithCache(project)).containsExactly(FIRST, CI);
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aGoalThatNeedsPackagesInstallsThemOnlyIfThereAreNone() throws IOException {
        install().runIfMissing();
        assertThat(node.log.said()).containsExactly(FIRST, CI);
        install().runIfMissing();
        Files.delete(stamp);
        install().runIfMissing();
        Files.move(packages, stamp);
        install().runIfMissing();
        assertThat(node.log.said()).isEmpty();
        Files.delete(stamp);
        install().runIfMissing();
        assertThat(node.log.said()).containsExactly(FIRST, CI);
    }

    /** Makes the project a workspace with a member. */
    private Path writeMember() {
        NodeFixture.initGit(project);
        NodeFixture.write(project, "package.json", "{\"name\": \"all\", \"workspaces\": [\"apps/*\"]}");
        NodeFixture.write(project, "package-lock.json", """
                {"lockfileVersion": 3, "packages": {"": {"name": "all"}, "apps/shop": {"name": "shop"},
                  "node_modules/shop": {"link": true, "resolved": "apps/shop"}}}
                """);
        NodeFixture.write(project, "apps/shop/package.json", "{\"name\": \"shop\", \"version\": \"1.0.0\"}");
        node.does("mkdir -p node_modules; ln -sf ../apps/shop node_modules/shop\n"
                + "cp package-lock.json node_modules/.package-lock.json; pwd");
        return project.resolve("apps/shop");
    }

    @Test
    void aWorkspaceIsInstalledAtItsRoot() {
        Path member = writeMember();
        install(node.npm(member)).run();
        assertThat(node.log.said()).endsWith("running npm install", "> " + project);
        assertThat(stamp).exists();
        install(node.npm(member)).run();
        assertThat(node.log.said()).containsExactly(UP_TO_DATE);
        assertThat(NpmInstall.linkedPackages(Workspace.of(member))).containsExactly(member);
        assertThat(NpmInstall.lockFile(project)).contains(project.resolve("package-lock.json"));
        assertThat(NpmInstall.lockFile(member)).isEmpty();
    }

    @Test
    void theScriptsOfMembersRunBeforeThoseOfTheRoot() {
        Path member = writeMember();
        NodeFixture.write(member, "package.json", "{\"scripts\": {\"prepare\": \"x\", \"prepublish\": \"x\"}}");
        writeScript("postinstall");
        install(node.npm(member)).run();
        node.log.said();
        node.does("pwd; echo $npm_config_token");
        install(node.npm(member).withSecrets(Map.of("npm_config_token", Secret.of("s3cret"))))
                .run();
        assertThat(node.log.said())
                .containsExactly(
                        UP_TO_DATE,
                        "running npm run prepare",
                        "> " + member,
                        "> ",
                        "running npm run postinstall",
                        "> " + project,
                        "> ");
    }

    @Test
    void twoMavensDoNotInstallIntoOneWorkspaceAtOnce() throws Exception {
        Path member = writeMember();
        FutureTask<List<String>> build = new FutureTask<>(() -> {
            install(node.npm(member)).run();
            return node.log.said();
        });
        List<String> said = new ArrayList<>();
        String waiting = "Waiting for another build that is working in " + project + ".";
        try (FolderLock lock = FolderLock.take(project, locks, path -> {})) {
            assertThat(lock.isHeld()).isTrue();
            new Thread(build).start();
            Waiting.until("the build says that it waits", () -> {
                said.addAll(node.log.said());
                return said.contains(waiting);
            });
            assertThat(stamp).doesNotExist();
        }
        said.addAll(build.get());
        assertThat(said).startsWith(waiting).contains("running npm install");
        assertThat(stamp).exists();
    }

    /** The goal has locked the folder of its own project. */
    @Test
    void aProjectOfItsOwnIsNotLockedTwice() {
        try (FolderLock lock = FolderLock.take(project, locks, path -> {})) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(run()).containsExactly(FIRST, CI);
        }
    }

    @Test
    void npmsThatAKilledBuildLeftRunningInTheWorkspaceAreEnded() throws Exception {
        Path member = writeMember();
        String mark = "a-mark-of-a-killed-build";
        ProcessBuilder builder = new ProcessBuilder("sleep", "100");
        builder.environment().put("OLYMPE_MAVEN_RUN", mark);
        Process left = builder.start();
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            NodeFixture.write(
                    folder, "running/" + mark, boot + " " + namespace + " " + left.pid() + " 1\n" + project.toUri());
            install(node.npm(member)).run();
            assertThat(node.log.said())
                    .anyMatch(
                            line -> line.startsWith("Ended 'sleep' (" + left.pid() + "), which a build that was killed")
                                    && line.endsWith(" had left running in " + project + "."));
            assertThat(left.waitFor()).isNotZero();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void aWorkspaceThatIsNotTrustedIsSaidAndIgnored() {
        NodeFixture.write(project, "package.json", "{\"workspaces\": [\"apps/*\"]}");
        Path member = project.resolve("apps/shop");
        NpmStandIn.writeProject(member);
        node.does("echo $1; shift\n" + NpmStandIn.INSTALLS);
        install(node.npm(member)).run();
        assertThat(node.log.said()).startsWith("ignoring the workspace of " + project.getFileName(), FIRST, CI);
        assertThat(member.resolve("node_modules/one")).exists();
    }

    @Test
    void whatIsInstalledHasADigest() {
        Workspace workspace = Workspace.of(project);
        assertThat(NpmInstall.installedDigest(workspace)).isEqualTo("none");
        assertThat(NpmInstall.linkedPackages(workspace)).isEqualTo(Set.of());
        NpmStandIn.writePackages(project);
        String digest = NpmInstall.installedDigest(workspace);
        assertThat(digest).matches("[0-9a-f]{64}");
        NpmStandIn.replace(project, "node_modules/.package-lock.json", "sha512-A", "sha512-B");
        assertThat(NpmInstall.installedDigest(workspace)).isNotEqualTo(digest);
    }
}
