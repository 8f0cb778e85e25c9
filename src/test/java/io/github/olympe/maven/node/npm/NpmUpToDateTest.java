package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When there is nothing to install: only if an install would change nothing. With the real npm. */
class NpmUpToDateTest {

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
    void writeProject() {
        NodeFixture.write(project, "libs/one/package.json", "{\"name\": \"one\", \"version\": \"1.0.0\"}");
        once.run(
                "pack",
                project,
                () -> fixture.npm(project.resolve("libs/one"))
                        .run("pack", "--silent", "--pack-destination", project.toString()));
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "scripts": {}, "dependencies": {"one": "file:one-1.0.0.tgz"}}
                """);
        fixture.said();
    }

    private List<String> run(Map<String, String> variables) {
        return run(fixture.npm(project).with(variables));
    }

    private List<String> run(Npm npm) {
        new NpmInstall(npm, List.of(), locks, Optional.empty(), new HashSet<>()).run();
        return fixture.said().stream().filter(line -> !line.startsWith(">")).toList();
    }

    private List<String> run() {
        return run(Map.of());
    }

    /** What the first {@link #run()} of a test does. */
    private void install() {
        once.run("install", project, this::run);
        fixture.said();
    }

    @Test
    void anotherNodeEnvInstallsAgain() {
        install();
        assertThat(run()).containsExactly("up to date");
        assertThat(run(Map.of("NODE_ENV", "production")))
                .containsExactly("installing: the last install was with another value of NODE_ENV", "running npm ci");
        assertThat(run(Map.of("NODE_ENV", "production"))).containsExactly("up to date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"omit=dev", "install-strategy=nested", "registry=https://npm.example.com/"})
    void anotherConfigurationInstallsAgain(String line) throws IOException {
        install();
        Files.writeString(project.resolve(".npmrc"), line + "\n");
        assertThat(run())
                .containsExactly("installing: the last install was with another npm configuration", "running npm ci");
        assertThat(run()).containsExactly("up to date");
        Files.writeString(project.resolve(".npmrc"), line + "\nloglevel=warn\ncolor=false ; says how it looks\n");
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void anotherConfigurationInTheEnvironmentInstallsAgain() {
        install();
        assertThat(run(Map.of("npm_config_omit", "dev"))).contains("running npm ci");
    }

    @Test
    void aPackageThatIsMissingInAMemberOfTheWorkspaceInstallsAgain() throws IOException {
        NodeFixture.write(project, "libs/one/package.json", "{\"name\": \"one\", \"version\": \"2.0.0\"}");
        once.run(
                "pack",
                project,
                () -> fixture.npm(project.resolve("libs/one"))
                        .run("pack", "--silent", "--pack-destination", project.toString()));
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "workspaces": ["packages/*"], "dependencies": {"one": "file:one-1.0.0.tgz"}}
                """);
        NodeFixture.write(project, "packages/a/package.json", """
                {"name": "a", "version": "1.0.0", "dependencies": {"one": "file:../../one-2.0.0.tgz"}}
                """);
        fixture.said();
        install();
        Path own = project.resolve("packages/a/node_modules");
        assertThat(own.resolve("one/package.json")).content().contains("2.0.0");
        assertThat(run()).containsExactly("up to date");

        FileTree.delete(own);

        assertThat(run()).contains("running npm ci");
        assertThat(own.resolve("one/package.json")).exists();
    }

    @Test
    void linkedPackagesAreInstalledOnce() throws IOException {
        Files.writeString(project.resolve(".npmrc"), "install-strategy=linked\n");
        install();
        assertThat(project.resolve("node_modules/one/package.json")).exists();
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void aChangedInstallScriptRunsAgain() throws IOException {
        install();
        Path packageJson = project.resolve("package.json");
        Files.writeString(
                packageJson,
                Files.readString(packageJson)
                        .replace("\"scripts\": {}", "\"scripts\": {\"postinstall\": \"node -e 1\", \"test\": \"no\"}"));
        assertThat(run())
                .containsExactly(
                        "installing: the last install was with another set of install scripts in package.json",
                        "running npm ci");
    }

    /** {@code patch-package} works like this: npm runs it with each install, and the patches may have changed. */
    @Test
    void theProjectsInstallScriptsRunEvenIfPackagesAreUpToDate() throws IOException {
        writeScript("postinstall", "fs.copyFileSync('patch.txt', 'node_modules/one/patched.txt')");
        Files.writeString(project.resolve("patch.txt"), "first");
        install();
        Files.writeString(project.resolve("patch.txt"), "second");

        assertThat(run()).containsExactly("up to date", "running npm run postinstall");
        assertThat(project.resolve("node_modules/one/patched.txt")).hasContent("second");

        Files.writeString(project.resolve(".npmrc"), "ignore-scripts=true\n");
        run();
        assertThat(run()).containsExactly("up to date");
    }

    @Test
    void anInstallScriptThatNeedsFreshPackagesGetsThem() throws IOException {
        writeScript("prepare", "fs.mkdirSync('node_modules/one/patched')");
        install();

        assertThat(run())
                .contains(
                        "up to date",
                        "running npm run prepare",
                        "installing: an install script of the project failed with the packages that are there",
                        "running npm ci");
        assertThat(project.resolve("node_modules/one/patched")).isDirectory();
    }

    @Test
    void theInstallScriptsOfAMemberRunToo() throws IOException {
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "workspaces": ["packages/*"], "dependencies": {"one": "file:one-1.0.0.tgz"}}
                """);
        NodeFixture.write(project, "packages/a/package.json", """
                {"name": "a", "version": "1.0.0", "scripts": {"prepare": "node prepare.js", "prepublish": "exit 3"}}
                """);
        NodeFixture.write(project, "packages/a/prepare.js", """
                require('node:fs').writeFileSync('saw', String(process.env.npm_config_token_of_a_test));
                """);
        install();

        assertThat(run(withSecret())).containsExactly("up to date", "running npm run prepare");
        assertThat(project.resolve("packages/a/saw")).hasContent("undefined");
    }

    private Npm withSecret() {
        return fixture.npm(project).withSecrets(Map.of("npm_config_token_of_a_test", Secret.of("s3cret-t0ken")));
    }

    /** The modules of a build share the workspace, and some work in its folders while others begin. */
    @Test
    void theInstallScriptsRunOnceInABuild() throws IOException {
        writeScript("postinstall", "fs.appendFileSync('ran', process.env.npm_config_token_of_a_test || 'x')");
        install();
        Set<Path> done = new HashSet<>();
        for (int module = 0; module < 3; module++) {
            new NpmInstall(withSecret(), List.of(), locks, Optional.empty(), done).run();
        }
        // Once by npm, once by the plugin, which does not pass on a registry's credential.
        assertThat(project.resolve("ran")).hasContent("xx");
        fixture.said();
    }

    @Test
    void theInstallScriptsDoNotRunAgainInTheBuildThatInstalls() throws IOException {
        writeScript("postinstall", "fs.appendFileSync('ran', 'x')");
        Set<Path> done = new HashSet<>();
        for (int module = 0; module < 2; module++) {
            new NpmInstall(fixture.npm(project), List.of(), locks, Optional.empty(), done).run();
        }
        assertThat(project.resolve("ran")).hasContent("x");
        fixture.said();
    }

    private void writeScript(String name, String javaScript) throws IOException {
        Files.writeString(project.resolve("script.js"), "const fs = require('node:fs');\n" + javaScript + ";\n");
        Path packageJson = project.resolve("package.json");
        Files.writeString(
                packageJson,
                Files.readString(packageJson)
                        .replace("\"scripts\": {}", "\"scripts\": {\"" + name + "\": \"node script.js\"}"));
    }

    /** As in a folder that is shared with a container, or a CI's cache for two kinds of runners. */
    @ParameterizedTest
    @CsvSource({"platform: ,platform", "Node.js: ,Node.js"})
    void packagesOfAnotherMachineAreInstalledAgain(String start, String name) throws IOException {
        install();
        Path stamp = InstallStamp.file(project);
        Files.writeString(stamp, Files.readString(stamp).replaceFirst("(?m)^" + start + ".*$", start + "other"));
        assertThat(run()).first().isEqualTo("installing: the last install was with another " + name);
    }
}
