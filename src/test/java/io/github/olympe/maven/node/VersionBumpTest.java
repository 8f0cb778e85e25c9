package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionBumpTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:11:12Z");
    private static final BuildContext CONTEXT = new BuildContext(
            "git",
            Optional.of("feature/Login"),
            Optional.of("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"),
            Optional.empty(),
            Optional.of("42"),
            Optional.empty());

    @TempDir
    Path project;

    private VersionBump bump(String template) {
        return new VersionBump(
                PackageJson.read(project), Optional.empty(), new Template("versionTemplate", template), CONTEXT, NOW);
    }

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    @ParameterizedTest
    @CsvSource({
        "{version}-{commit}-{timestamp}, 1.2.3-1a2b3c4d-1795342272",
        "{version}-{branch}.{build}, 1.2.3-feature-login.42",
        "{version}+{date}, 1.2.3+20261122101112",
        "2.0.0, 2.0.0",
        "{version}, 1.2.3",
    })
    void makesTheVersionOfATemplate(String template, String version) {
        write("package.json", "{\"version\": \"1.2.3\"}");
        assertThat(bump(template).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{version}-{commit}-{timestamp}", "{version}-{branch}.{build}", "{version}+{date}", "{version}"})
    void aSecondRunDoesNotPileUp(String template) {
        write("package.json", "{\"version\": \"1.2.3-beta.1\"}");
        String version = bump(template).version();
        bump(template).write(version);
        assertThat(bump(template).version()).isEqualTo(version);
    }

    @Test
    void keepsEveryOtherCharacter() throws IOException {
        String before =
                "\uFEFF{\r\n\t\"x\": {\"version\":\"9.9.9\"},\r\n\t\"name\"  :\"a\",\"version\" : \"1.0\\u002e0\" ,\r\n\t\"ä\": [1.0, 1e5]}";
        write("package.json", before);
        bump("2.0.0").write("2.0.0");
        assertThat(Files.readString(project.resolve("package.json"))).isEqualTo(before.replace("1.0\\u002e0", "2.0.0"));
    }

    @Test
    void writesTheLockFileToo() throws IOException {
        write("package.json", "{\"version\": \"1.0.0\"}");
        String lock =
                "{\n  \"name\": \"a\",\n  \"version\": \"1.0.0\",\n  \"packages\": {\n    \"\": {\"version\": \"1.0.0\"},\n"
                        + "    \"node_modules/b\": {\"version\": \"1.0.0\"}\n  }\n}\n";
        write("package-lock.json", lock);
        bump("2.0.0").write("2.0.0");
        assertThat(Files.readString(project.resolve("package-lock.json")))
                .isEqualTo(
                        "{\n  \"name\": \"a\",\n  \"version\": \"2.0.0\",\n  \"packages\": {\n    \"\": {\"version\": \"2.0.0\"},\n"
                                + "    \"node_modules/b\": {\"version\": \"1.0.0\"}\n  }\n}\n");
    }

    @Test
    void aMemberOfAWorkspaceIsInTheLockFileOfTheWorkspace() throws IOException {
        write("package.json", "{\"version\": \"1.0.0\", \"workspaces\": [\"apps/*\"]}");
        write("apps/shop/package.json", "{\"version\": \"1.0.0\"}");
        write(
                "package-lock.json",
                "{\"version\": \"1.0.0\", \"packages\": {\"\": {\"version\": \"1.0.0\"}, \"apps/shop\": {\"version\": \"1.0.0\"}}}");
        new VersionBump(
                        PackageJson.read(project.resolve("apps/shop")),
                        Optional.of(project),
                        new Template("versionTemplate", "2.0.0"),
                        CONTEXT,
                        NOW)
                .write("2.0.0");
        assertThat(Files.readString(project.resolve("package-lock.json")))
                .isEqualTo(
                        "{\"version\": \"1.0.0\", \"packages\": {\"\": {\"version\": \"1.0.0\"}, \"apps/shop\": {\"version\": \"2.0.0\"}}}");
        assertThat(Files.readString(project.resolve("apps/shop/package.json"))).contains("2.0.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{version}-{tag}    | This build has no value for {tag}. Leave it out.",
                "{version}-{x}      | The placeholder '{x}' is unknown",
                "v{version}         | gives 'v1.2.3', which npm does not accept as a version",
                "{branch}           | gives 'feature-login', which npm does not accept as a version",
                "{version} x        | gives '1.2.3 x', which npm does not accept as a version",
            })
    void refusesWhatNpmWouldNotTake(String template, String message) {
        write("package.json", "{\"version\": \"1.2.3\"}");
        assertThatThrownBy(() -> bump(template).version())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Invalid value for 'versionTemplate': '" + template + "'")
                .hasMessageContaining(message);
    }

    @Test
    void aPackageWithoutAVersionIsAnError() {
        write("package.json", "{}");
        assertThatThrownBy(() -> bump("{version}").version()).hasMessageContaining("has no version to bump");
    }

    @Test
    void nothingIsWrittenIfTheLockFileCannotBe() throws IOException {
        write("package.json", "{\"version\": \"1.2.3\"}");
        write("package-lock.json", "{\"version\": ");
        VersionBump bump = bump("{version}+{date}");
        assertThatThrownBy(() -> bump.write(bump.version())).isInstanceOf(OlympeException.class);
        assertThat(project.resolve("package.json")).hasContent("{\"version\": \"1.2.3\"}");
    }

    @Test
    void theLockFileIsRestoredIfPackageJsonCannotBeWritten() throws IOException {
        write("package.json", "{\"version\": \"1.2.3\"}");
        write("package-lock.json", "{\"version\": \"1.2.3\"}");
        VersionBump bump = bump("{version}+{date}");
        Files.delete(project.resolve("package.json"));
        write("package.json/occupied", "");
        assertThatThrownBy(() -> bump.write("2.0.0")).isInstanceOf(OlympeException.class);
        assertThat(project.resolve("package-lock.json")).hasContent("{\"version\": \"1.2.3\"}");
    }
}
