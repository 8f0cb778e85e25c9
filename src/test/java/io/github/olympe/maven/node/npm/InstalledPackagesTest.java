package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What npm lists as installed, compared with the folders and with the lock file. */
class InstalledPackagesTest {

    private static final InstallTarget LINUX = new InstallTarget("linux", "x64", "glibc", "127");

    @TempDir
    Path project;

    private InstalledPackages installed(String packages) {
        NodeFixture.write(project, "node_modules/.package-lock.json", "{\"packages\": {" + packages + "}}");
        return InstalledPackages.of(project).orElseThrow();
    }

    private Optional<String> difference(String wanted, String found) {
        InstalledPackages installed = installed(found);
        NodeFixture.write(project, "package-lock.json", "{\"packages\": {" + wanted + "}}");
        return installed.differenceTo(LockFile.of(project).orElseThrow(), LINUX);
    }

    @Test
    void withoutNpmsListNothingIsInstalled() {
        assertThat(InstalledPackages.of(project)).isEmpty();
        NodeFixture.write(project, "node_modules/one/package.json", "{\"version\": \"1.0.0\"}");
        assertThat(InstalledPackages.of(project)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"optional\": true, \"os\": [\"darwin\"]} | | ",
                "{\"optional\": true, \"os\": [\"linux\"]} | | is not what the lock file says",
                "{} | | is not what the lock file says",
                "{\"version\": \"1\"} | {\"version\": \"1\"} | ",
                "{\"version\": \"1\"} | {\"version\": \"2\"} | is not what the lock file says",
                "{\"integrity\": \"sha512-A\"} | {\"integrity\": \"sha512-A\"} | ",
                "{\"integrity\": \"sha512-A\"} | {\"integrity\": \"sha512-B\"} | is not what the lock file says",
                "{\"resolved\": \"https://a/a.tgz\"} | {\"resolved\": \"https://b/a.tgz\"} | is not what the lock file says",
                " | {\"version\": \"1\"} | is not in the lock file",
                "{\"os\": [\"darwin\"]} | {\"os\": [\"darwin\"]} | is not for linux x64 glibc",
                "{\"os\": [\"!win32\"]} | {\"os\": [\"!win32\"]} | ",
                "{\"cpu\": \"arm64\"} | {\"cpu\": \"arm64\"} | is not for linux x64 glibc",
                "{\"libc\": [\"musl\"]} | {\"libc\": [\"musl\"]} | is not for linux x64 glibc",
                "{\"hasInstallScript\": true} | {\"hasInstallScript\": true} | has an install script, and the plugin did not run it",
            })
    void whatWasInstalledByHandIsComparedWithTheLockFile(String wanted, String found, String reason) {
        assertThat(difference(entry(wanted), entry(found)).orElse(null))
                .isEqualTo(reason == null ? null : "node_modules/a " + reason);
    }

    private static String entry(String entry) {
        return entry == null ? "" : "\"node_modules/a\": " + entry;
    }

    @Test
    void eachPackageIsComparedWithTheLockFile() {
        String project = "\"\": {\"version\": \"1\"}, ";
        String member = "\"apps/shop\": {\"version\": \"1\"}, ";
        String one = "\"node_modules/one\": {\"version\": \"1\"}, ";
        String darwin = "\"node_modules/darwin\": {\"optional\": true, \"os\": [\"darwin\"]}, ";
        String two = "\"apps/shop/node_modules/two\": {\"version\": \"2\"}";
        assertThat(difference(project + member + one + darwin + two, one + two)).isEmpty();
        assertThat(difference(project + member + one + darwin + two, one + two.replace("2\"}", "3\"}")))
                .contains("apps/shop/node_modules/two is not what the lock file says");
        assertThat(difference(one + two, one + "\"node_modules/stray\": {}, " + two))
                .contains("node_modules/stray is not in the lock file");
    }

    @Test
    void aPackageThatIsMissingOnAnotherPlatformOnlyIsNeededIfItIsNotOptional() {
        assertThat(difference("\"node_modules/a\": {\"os\": [\"darwin\"]}", ""))
                .contains("node_modules/a is not what the lock file says");
        assertThat(difference(
                        "\"node_modules/a\": {\"optional\": true, \"os\": [\"darwin\"], \"version\": \"1\"}",
                        "\"node_modules/a\": {\"optional\": true, \"os\": [\"darwin\"], \"version\": \"2\"}"))
                .contains("node_modules/a is not what the lock file says");
    }

    private Optional<String> missing(String entry) {
        return installed("\"node_modules/a\": " + entry).missing();
    }

    @Test
    void aPackageIsThereInItsVersion() throws IOException {
        NodeFixture.write(project, "node_modules/a/package.json", "{\"version\": \"1.0.0\"}");
        assertThat(missing("{\"version\": \"1.0.0\"}")).isEmpty();
        assertThat(missing("{\"version\": \"1.0.1\"}")).contains("node_modules/a is not 1.0.1");
        Files.delete(project.resolve("node_modules/a/package.json"));
        assertThat(missing("{\"version\": \"1.0.0\"}")).as("an empty folder").contains("node_modules/a is missing");
    }

    @Test
    void anyOfThePackagesMayBeMissing() {
        NodeFixture.write(project, "node_modules/a/package.json", "{\"version\": \"1\"}");
        assertThat(installed("""
                "": {"version": "1"}, "apps/shop": {"version": "1"}, "node_modules/a": {"version": "1"}
                """).missing()).as("only packages are looked for").isEmpty();
        assertThat(installed("""
                "node_modules/a": {"version": "1"}, "apps/shop/node_modules/b": {"version": "1"}
                """).missing()).contains("apps/shop/node_modules/b is missing");
    }

    /** With {@code install-strategy=linked} there are folders that only contain others. */
    @Test
    void anEntryWithoutAVersionIsAFolder() throws IOException {
        assertThat(missing("{}")).contains("node_modules/a is missing");
        Files.createDirectories(project.resolve("node_modules/a"));
        assertThat(missing("{}")).isEmpty();
        assertThat(missing("{\"version\": 1}")).isEmpty();
    }

    @Test
    void aLinkLeadsSomewhere() throws IOException {
        String link = "{\"link\": true, \"resolved\": \"libs/a\", \"version\": \"9\"}";
        assertThat(missing(link)).contains("node_modules/a is missing");
        Path libs = Files.createDirectories(project.resolve("libs/a"));
        Files.createSymbolicLink(project.resolve("node_modules/a"), libs);
        assertThat(missing(link)).isEmpty();
        Files.delete(libs);
        assertThat(missing(link)).contains("node_modules/a is missing");
    }

    @Test
    void linkedFoldersAreThoseOfTheProject() {
        assertThat(installed("""
                "apps/shop": {"version": "1.0.0"},
                "node_modules/shop": {"link": true, "resolved": "apps/shop"},
                "node_modules/lib": {"link": true, "resolved": "apps/../libs/lib"},
                "node_modules/one": {"link": true, "resolved": "node_modules/.store/one/node_modules/one"},
                "node_modules/two": {"version": "1.0.0", "resolved": "libs/two"},
                "node_modules/three": {"link": true},
                "node_modules/four": {"link": true, "resolved": 4}
                """).linked())
                .containsExactlyInAnyOrder(project.resolve("apps/shop"), project.resolve("libs/lib"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\"", "[", "\"", "\u0000"})
    void aDamagedFileIsAnError(String text) {
        NodeFixture.write(project, "node_modules/a/package.json", text);
        assertThatThrownBy(() -> missing("{\"version\": \"1.0.0\"}"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "The file '" + project.resolve("node_modules/a/package.json") + "' is not valid JSON");
    }
}
