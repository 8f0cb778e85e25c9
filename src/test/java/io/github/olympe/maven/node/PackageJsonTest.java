package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageJsonTest {

    @TempDir
    Path project;

    private PackageJson read(String content) {
        NodeFixture.write(project, "package.json", content);
        return PackageJson.read(project);
    }

    @Test
    void readsWhatThePluginNeeds() {
        PackageJson packageJson = read("\uFEFF" + """
                {"name": "@acme/shop", "version": "1.0.0", "private": true, "scripts": {"build:draw": "x"},
                 "engines": {"node": ">=18"}, "publishConfig": {"registry": "https://npm.acme.com"}}
                """);
        assertThat(packageJson.name()).contains("@acme/shop");
        assertThat(packageJson.version()).contains("1.0.0");
        assertThat(packageJson.isPrivate()).isTrue();
        assertThat(packageJson.hasScript("build:draw")).isTrue();
        assertThat(packageJson.engine()).contains(">=18");
        assertThat(packageJson.publishRegistry()).contains("https://npm.acme.com");
    }

    @Test
    void aMissingScriptIsAnError() {
        PackageJson packageJson = read("{}");
        assertThatThrownBy(() -> packageJson.requireScript("build", "libraryScript"))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The file '" + project.resolve("package.json")
                        + "' has no script 'build'; add it under 'scripts', or set the parameter 'libraryScript'"
                        + " (olympe.libraryScript) to the one that does it.");
    }

    @Test
    void findsPackagesAmongTheDependenciesOrInstalled() {
        PackageJson shop = read("{\"devDependencies\": {\"@olympeio/toolkit\": \"^9.0.0\"}, \"name\": \"shop\"}");
        NodeFixture.write(project, "packages/web/package.json", "{\"name\": \"web\"}");
        NodeFixture.write(project, "node_modules/@olympeio/core/package.json", "{}");
        PackageJson workspace = PackageJson.read(project.resolve("packages/web"));

        for (PackageJson packageJson : List.of(shop, workspace)) {
            assertThat(packageJson.brings("@olympeio/toolkit", Workspace.of(project)))
                    .isTrue();
            assertThat(packageJson.brings("@olympeio/core", Workspace.of(project)))
                    .isTrue();
            assertThat(packageJson.brings("@olympeio/draw", Workspace.of(project)))
                    .isFalse();
        }
        NodeFixture.write(project, "package.json", "none");
        assertThat(workspace.brings("@olympeio/toolkit", Workspace.of(project))).isFalse();
    }

    @Test
    void aMissingPackageJsonIsAnError() {
        assertThatThrownBy(() -> PackageJson.read(project))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("There is no package.json in '" + project + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | it is empty",
                "{                               | is not valid JSON (line 1",
                "{'name': }                      | is not valid JSON (line 1",
                "[]                              | is not a JSON object",
                "null                            | is not a JSON object",
                "'\"text\"'                      | is not a JSON object",
                "{'name': 7}                     | has 'name' that is not a text",
                "{'version': {}}                 | has 'version' that is not a text",
                "{'scripts': []}                 | has 'scripts' that is not an object",
                "{'scripts': {'build': 1}}       | has 'scripts.build' that is not a text",
                "{'engines': {'node': 18}}       | has 'engines.node' that is not a text",
                "{'publishConfig': 'x'}          | has 'publishConfig' that is not an object",
            })
    void whatNpmWouldNotTakeIsOneSentence(String content, String message) {
        assertThatThrownBy(() -> read(content.replace('\'', '"')))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + project.resolve("package.json") + "'")
                .hasMessageContaining(message);
    }

    @Test
    void invalidFilesAreErrors() throws IOException {
        assertThatThrownBy(() -> read("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("is not valid JSON");
        Files.write(project.resolve("package.json"), new byte[] {0, 1, 2, (byte) 0xFF});
        assertThatThrownBy(() -> PackageJson.read(project)).isInstanceOf(OlympeException.class);
        Files.write(project.resolve("package.json"), new byte[(10 << 20) + 1]);
        assertThatThrownBy(() -> PackageJson.read(project))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("is larger than 10 MiB");
    }
}
