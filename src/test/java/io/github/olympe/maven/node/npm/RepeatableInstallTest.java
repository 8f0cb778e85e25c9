package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.packages.PackageCache;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which installs may take their packages from another folder, and which of them are the same. npm itself does not run. */
class RepeatableInstallTest {

    private static final InstallTarget LINUX = new InstallTarget("linux", "x64", "glibc", "127");

    @TempDir
    Path folder;

    @TempDir
    Path project;

    @TempDir
    Path other;

    private NpmStandIn node;

    @BeforeEach
    void writeProject() {
        node = new NpmStandIn(folder);
        NpmStandIn.writeProject(project);
    }

    private Optional<RepeatableInstall> repeatable(Npm npm, String... arguments) {
        List<String> list = List.of(arguments);
        return RepeatableInstall.of(
                npm,
                list,
                InstallStamp.of(npm, list, LINUX),
                LockFile.of(npm.directory()).orElseThrow(),
                new PackageCache(folder.resolve("cache")));
    }

    private Optional<RepeatableInstall> repeatable(String... arguments) {
        return repeatable(node.npm(project), arguments);
    }

    private RepeatableInstall install(Path project, String... arguments) {
        return repeatable(node.npm(project), arguments).orElseThrow();
    }

    private String key() {
        return install(project).key();
    }

    private void writeWorkspace() {
        NodeFixture.write(project, "package.json", """
                {"name": "all", "version": "1.0.0", "workspaces": ["apps/*", "./libs/lib/"]}
                """);
        NodeFixture.write(project, "package-lock.json", """
                {"lockfileVersion": 3, "packages": {"": {"name": "all"},
                  "apps/shop": {"name": "shop", "dependencies": {"one": "1.0.0"}}, "libs/lib": {"name": "lib"},
                  "node_modules/shop": {"link": true, "resolved": "apps/shop"},
                  "node_modules/lib": {"link": true, "resolved": "libs/lib"},
                  "apps/shop/node_modules/one": {"version": "1.0.0", "resolved": "file:one.tgz", "integrity": "sha512-A"}}}
                """);
        NodeFixture.write(project, "apps/shop/package.json", """
                {"name": "shop", "version": "1.0.0", "dependencies": {"one": "1.0.0"}}
                """);
        NodeFixture.write(project, "apps/none/README.md", "a folder without package.json is no member");
        NodeFixture.write(project, "libs/lib/package.json", "{\"name\": \"lib\", \"version\": \"1.0.0\"}");
    }

    @Test
    void theSameProjectInAnotherFolderHasTheSamePackages() throws IOException {
        FileTree.copy(project, other.resolve("copy"));
        assertThat(key())
                .matches("[0-9a-f]{64}")
                .isEqualTo(install(other.resolve("copy")).key());
        NpmStandIn.writePackages(project);
        NodeFixture.write(project, "src/index.js", "");
        assertThat(key()).isEqualTo(install(other.resolve("copy")).key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "package.json | \"shop\" | \"store\"",
                "package.json | \"1.0.0\", \"dep | \"1.0.1\", \"dep",
                "package.json | \"name\" | \"scripts\": {\"prepare\": \"x\"}, \"name\"",
                "package.json | \"name\" | \"overrides\": {}, \"name\"",
                "package-lock.json | sha512-A | sha512-B",
                "package-lock.json | 3, | 3 ,",
            })
    void anotherProjectHasOthers(String file, String text, String replacement) {
        String before = key();
        NpmStandIn.replace(project, file, text, replacement);
        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void anotherMachineHasOthers() {
        Npm npm = node.npm(project);
        Set<String> keys = new HashSet<>();
        keys.add(key());
        keys.add(repeatable("--omit=dev").orElseThrow().key());
        keys.add(repeatable(node.npm(project, node.runtime("22.1.0")))
                .orElseThrow()
                .key());
        keys.add(repeatable(npm.with(Map.of("CFLAGS", "-O3"))).orElseThrow().key());
        keys.add(repeatable(npm.with(Map.of("CXXFLAGS", "-O3"))).orElseThrow().key());
        NodeFixture.write(folder, "lib/node_modules/npm/package.json", "{\"version\": \"11.0.0\"}");
        keys.add(key());
        assertThat(keys).hasSize(6);
    }

    @Test
    void aWorkspaceIsRepeatableIfItsMembersAreFolders() {
        writeWorkspace();
        String before = key();
        NpmStandIn.replace(project, "apps/shop/package.json", "1.0.0\", \"dep", "1.0.1\", \"dep");
        assertThat(key()).as("another version of a member").isNotEqualTo(before);
        NpmStandIn.replace(project, "apps/shop/package.json", "\"name\"", "\"bin\": \"shop.js\", \"name\"");
        NpmStandIn.replace(
                project,
                "package.json",
                "[\"apps/*\", \"./libs/lib/\"]",
                "{\"packages\": [\"libs/*\", \"apps/shop\"]}");
        assertThat(repeatable()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps/**",
                "apps/s*",
                "apps/?hop",
                "apps/[s]hop",
                "apps/{shop,cart}",
                "!apps/shop",
                "apps/+(shop)",
                "apps/..",
                "a\\\\b"
            })
    void otherPatternsAreLeftToNpm(String pattern) {
        writeWorkspace();
        NpmStandIn.replace(project, "package.json", "apps/*", pattern);
        assertThat(repeatable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apps/shop/package.json | {\"name\": \"shop\", \"dependencies\": {\"one\": \"1.0.0\"}, \"scripts\": {\"prepare\": \"x\"}}",
                "apps/shop/binding.gyp | {}",
                "apps/new/package.json | {\"name\": \"new\"}",
                "binding.gyp | {}",
                "package.json | {\"name\": \"all\", \"workspaces\": [\"apps/*\", \"libs/lib\"], \"dependencies\": {\"two\": \"2\"}}",
                "package.json | {\"name\": \"all\", \"workspaces\": [\"apps/*\"]}",
            })
    void whatNpmWouldRunOrRefuseIsLeftToIt(String file, String content) {
        writeWorkspace();
        assertThat(repeatable()).isPresent();
        NodeFixture.write(project, file, content);
        assertThat(repeatable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ignore-scripts=false",
                "--no-ignore-scripts",
                "--no-ignore-scripts=true",
                "--ignore-scripts=0",
                "true",
                "false"
            })
    void anotherWayToSwitchScriptsOffOrOnIsLeftToNpm(String argument) {
        assertThat(repeatable(argument)).isEmpty();
    }

    @Test
    void theUsualWayIsUnderstood() {
        assertThat(repeatable("--ignore-scripts").orElseThrow().scriptsRun()).isFalse();
        assertThat(repeatable("--omit=dev").orElseThrow().scriptsRun()).isTrue();
    }

    @Test
    void aDependencyThatIsAFolderIsLeftToNpm() {
        NpmStandIn.replace(project, "package-lock.json", "https://npm.example.com/one.tgz", "file:one.tgz");
        assertThat(repeatable()).as("a file").isPresent();
        NpmStandIn.replace(project, "package-lock.json", ", \"integrity\": \"sha512-A\"", "");
        assertThat(repeatable()).as("a folder").isEmpty();
    }

    @Test
    void anUnknownVersionOfNpmIsLeftToIt() {
        NodeRuntime runtime = node.runtime("20.1.2");
        NodeRuntime shim = new NodeRuntime(runtime.node(), runtime.version(), List.of("npm"), runtime.search());
        assertThat(repeatable(node.npm(project, shim))).isEmpty();
    }

    /** The packages of a member lie in its own folder. */
    @Test
    void packagesOfMembersAreKeptAndTakenToo() throws IOException {
        writeWorkspace();
        FileTree.copy(project, other.resolve("copy"));
        NodeFixture.write(project, "node_modules/.package-lock.json", "{\"packages\": {}}");
        NodeFixture.write(project, "apps/shop/node_modules/one/package.json", "{\"version\": \"1.0.0\"}");
        NodeFixture.write(project, "apps/shop/dist/main.js", "");
        assertThat(install(other.resolve("copy")).restore())
                .as("nothing is kept yet")
                .isFalse();

        install(project).keep();
        assertThat(node.log.said()).isEmpty();
        NodeFixture.write(other, "copy/node_modules/old/package.json", "{}");
        NodeFixture.write(other, "copy/apps/shop/node_modules/old/package.json", "{}");
        assertThat(install(other.resolve("copy")).restore()).isTrue();
        assertThat(node.log.said())
                .containsExactly("Took the npm packages from " + folder.resolve("cache")
                        + ": npm has installed the same on this machine before (packageCache).");
        try (Stream<Path> packages = Files.list(other.resolve("copy/apps/shop/node_modules"))) {
            assertThat(packages).containsExactly(other.resolve("copy/apps/shop/node_modules/one"));
        }
        assertThat(other.resolve("copy/node_modules/.package-lock.json")).exists();
        assertThat(other.resolve("copy/node_modules/old")).doesNotExist();
        assertThat(other.resolve("copy/apps/shop/dist")).doesNotExist();
    }

    @Test
    void theProjectsScriptsFollowUnlessTheyAreSwitchedOff() {
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"scripts\": {\"prepare\": \"x\"}, \"name\"");
        NpmStandIn.writePackages(project);
        install(project).keep();
        install(project, "--ignore-scripts").keep();
        assertThat(install(project).restore()).isTrue();
        assertThat(node.log.said()).hasSize(2).contains("running npm run prepare");
        assertThat(install(project, "--ignore-scripts").restore()).isTrue();
        assertThat(node.log.said()).hasSize(1).doesNotContain("running npm run prepare");
    }

    @Test
    void packagesWithAnUnknownScriptAreNotKeptWhereItRan() {
        NpmStandIn.writePackages(project);
        NpmStandIn.replace(
                project,
                "node_modules/.package-lock.json",
                "\"version\": \"1.0.0\", \"res",
                "\"hasInstallScript\": true, \"res");
        NodeFixture.write(project, "node_modules/one/package.json", "{\"scripts\": {\"install\": \"node x.js\"}}");
        install(project).keep();
        assertThat(node.log.said())
                .containsExactly(
                        "The npm packages are not kept for other workspaces (packageCache), because node_modules/one has the"
                                + " install script 'node x.js', which may do something outside of its folder.");
        assertThat(install(project).restore()).isFalse();
        install(project, "--ignore-scripts").keep();
        assertThat(node.log.said()).isEmpty();
        assertThat(install(project, "--ignore-scripts").restore()).isTrue();
    }

    @Test
    void anInstallWithoutPackagesKeepsNothing() {
        install(project).keep();
        assertThat(folder.resolve("cache")).doesNotExist();
        assertThat(node.log.said()).isEmpty();
    }

    @Test
    void packagesThatCannotBeKeptAreNoError() throws IOException {
        NpmStandIn.writePackages(project);
        Files.createFile(folder.resolve("cache"));
        install(project).keep();
        assertThat(node.log.said())
                .singleElement()
                .asString()
                .startsWith("The npm packages are not kept for other workspaces (packageCache), because '"
                        + folder.resolve("cache") + "' cannot be written (");
    }

    /** It is a part of the key, so another process must compute the same. */
    @Test
    void theModeOfNewFilesHasTheSameTextInEachProcess() {
        assertThat(RepeatableInstall.newFileMode()).matches("(?:[r-][w-][x-]){3}");
    }
}
