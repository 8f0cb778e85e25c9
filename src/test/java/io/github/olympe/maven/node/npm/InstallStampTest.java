package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plugin remembers of an install, and what makes it out of date. */
class InstallStampTest {

    private static final InstallTarget LINUX = new InstallTarget("linux", "x64", "glibc", "127");

    @TempDir
    Path folder;

    @TempDir
    Path project;

    private NpmStandIn node;

    @BeforeEach
    void writeStamp() {
        node = new NpmStandIn(folder);
        NpmStandIn.writeProject(project);
        NpmStandIn.writePackages(project);
        now().write(project);
    }

    private InstallStamp now() {
        return now(node.npm(project), LINUX);
    }

    private InstallStamp now(Npm npm, InstallTarget target, String... arguments) {
        return InstallStamp.of(npm, List.of(arguments), target);
    }

    private Optional<String> change(InstallStamp now) {
        return now.changeSince(InstallStamp.read(project).orElseThrow());
    }

    private static Optional<String> another(String what) {
        return Optional.of("the last install was with another " + what);
    }

    @Test
    void nothingHasChangedSinceItWasWritten() {
        assertThat(change(now())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "package-lock.json | sha512-A | sha512-B | lock file",
                "node_modules/.package-lock.json | sha512-A | sha512-B | list of installed packages",
                "package.json | \"name\" | \"scripts\": {\"postinstall\": \"node x.js\"}, \"name\" | set of install scripts in package.json",
                "package.json | \"name\" | \"overrides\": {\"one\": \"2.0.0\"}, \"name\" | value of 'overrides' in package.json",
            })
    void anotherFileMakesItOutOfDate(String file, String text, String replacement, String what) {
        NpmStandIn.replace(project, file, text, replacement);
        assertThat(change(now())).isEqualTo(another(what));
    }

    @ParameterizedTest
    @ValueSource(strings = {"package-lock.json", "node_modules/.package-lock.json"})
    void aFileThatIsGoneMakesItOutOfDate(String file) throws IOException {
        Files.delete(project.resolve(file));
        assertThat(change(now())).isPresent();
        now().write(project);
        assertThat(change(now())).isEmpty();
    }

    @Test
    void otherSettingsMakeItOutOfDate() {
        Npm npm = node.npm(project);
        assertThat(change(now(npm, LINUX, "--omit=dev"))).isEqualTo(another("value of npmArguments"));
        assertThat(change(now(npm.with(Map.of("NODE_ENV", "production")), LINUX)))
                .isEqualTo(another("value of NODE_ENV"));
        assertThat(change(now(npm.with(Map.of("npm_config_omit", "dev")), LINUX)))
                .isEqualTo(another("npm configuration"));
        NodeFixture.write(project, ".npmrc", "install-strategy=nested\n");
        assertThat(change(now())).isEqualTo(another("npm configuration"));
    }

    @Test
    void otherOverridesMakeItOutOfDate() {
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"overrides\": {\"one\": \"2.0.0\"}, \"name\"");
        now().write(project);
        assertThat(change(now())).isEmpty();
        NpmStandIn.replace(project, "package.json", "2.0.0", "3.0.0");
        assertThat(change(now())).isEqualTo(another("value of 'overrides' in package.json"));
    }

    @Test
    void twoArgumentsAreNotTheSameAsOne() {
        now(node.npm(project), LINUX, "--omit", "dev").write(project);
        assertThat(change(now(node.npm(project), LINUX, "--omit dev"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "darwin, x64, glibc, 127",
        "linux, arm64, glibc, 127",
        "linux, x64, musl, 127",
        "linux, x64, glibc, 115",
    })
    void packagesOfAnotherPlatformAreOutOfDate(String os, String cpu, String libc, String modules) {
        assertThat(change(now(node.npm(project), new InstallTarget(os, cpu, libc, modules))))
                .isEqualTo(another("platform"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.1.3", "20.2.2", "22.1.2"})
    void packagesOfAnotherNodeAreOutOfDate(String version) {
        assertThat(change(now(node.npm(project, node.runtime(version)), LINUX))).isEqualTo(another("Node.js"));
    }

    @Test
    void whatDoesNotMatterKeepsItUpToDate() {
        NpmStandIn.replace(project, "package.json", "1.0.0\", \"dep", "1.0.1\", \"description\": \"a shop\", \"dep");
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"scripts\": {\"test\": \"node --test\"}, \"name\"");
        NpmStandIn.replace(
                project, "package-lock.json", "\"shop\", \"version\": \"1.0.0\"", "\"shop\", \"version\": \"1.0.1\"");
        NodeFixture.write(project, ".npmrc", "loglevel=verbose\n");
        assertThat(change(now(node.npm(project).with(Map.of("CI", "true")), LINUX)))
                .isEmpty();
    }

    /** Another build has written the first half, or an older version of the plugin knew less. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "damaged", ": x\n", "lock file: ", "platform:linux x64 glibc 127\n"})
    void aDamagedOneIsOutOfDate(String text) {
        NodeFixture.write(project, "node_modules/.olympe-install", text);
        assertThat(change(now())).isEqualTo(another("lock file"));
    }

    @Test
    void oneThatWasCutOffIsOutOfDate() throws IOException {
        Path file = InstallStamp.file(project);
        String whole = Files.readString(file);
        for (int length = 0; length < whole.length() - 1; length += 20) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(change(now())).as("after %d characters", length).isPresent();
        }
        Files.writeString(file, whole + "a line of a later version: x\n");
        assertThat(change(now())).isEmpty();
    }

    @Test
    void oneThatCannotBeReadIsNone() throws IOException {
        Path file = InstallStamp.file(project);
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThat(InstallStamp.read(project)).isEmpty();
        Files.delete(file);
        assertThat(InstallStamp.read(project)).isEmpty();
        Files.createDirectory(file);
        assertThat(InstallStamp.read(project)).isEmpty();
    }

    @Test
    void liesBesideThePackagesAndHoldsNoValueThatMayBeSecret() {
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"overrides\": {\"one\": \"s3cret\"}, \"name\"");
        NpmStandIn.replace(project, "package.json", "\"name\"", "\"scripts\": {\"install\": \"s3cret\"}, \"name\"");
        Npm npm = node.npm(project).with(Map.of("NODE_ENV", "s3cret", "npm_config_omit", "s3cret"));
        now(npm, LINUX, "--//registry/:_authToken=s3cret").write(project);
        assertThat(project.resolve("node_modules/.olympe-install"))
                .content()
                .contains("platform: linux x64 glibc 127\n", "Node.js: 20.1.2\n")
                .doesNotContain("s3cret");
    }

    /** Its inputs are the key under which packages are kept for other folders, where nothing is installed yet. */
    @Test
    void itsInputsAreTheSameBeforeAndAfterTheInstall() throws IOException {
        String after = now().withoutResult();
        Files.delete(project.resolve("node_modules/.package-lock.json"));
        assertThat(now().withoutResult()).isEqualTo(after);
        NpmStandIn.replace(project, "package-lock.json", "sha512-A", "sha512-B");
        assertThat(now().withoutResult()).isNotEqualTo(after);
    }
}
