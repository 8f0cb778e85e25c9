package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestPom;
import io.github.olympe.maven.testing.Verdaccio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of bricks by the real toolkit, published to a real registry, and installed from it by a project. */
class LibraryConformanceTest {

    private static final String PASSWORD = "pa55-m4rked-word";

    @TempDir
    Path folder;

    private Verdaccio verdaccio;
    private Path library;
    private Path project;

    @BeforeEach
    void writeProjects() throws Exception {
        verdaccio = Verdaccio.start(folder.resolve("verdaccio"), PASSWORD);
        library = folder.resolve("bricks");
        project = folder.resolve("shop");
        write(library, "package.json", """
                {
                  "name": "@acme/bricks",
                  "version": "1.0.0",
                  "scripts": {"build": "node build.js", "test": "node --check build.js"},
                  "publishConfig": {"registry": "%s"},
                  "devDependencies": {"@olympeio/toolkit": "1.2.3"}
                }
                """.formatted(verdaccio.url()));
        write(library, "build.js", """
                const fs = require('node:fs');
                const { name, version, publishConfig } = require('./package.json');
                fs.mkdirSync('dist', { recursive: true });
                fs.writeFileSync('dist/package.json', JSON.stringify({ name, version, codeAsData: 'codeAsData', publishConfig, main: 'main.js' }));
                fs.writeFileSync('dist/main.js', 'exports.bricks = 1;');
                """);
        write(library, "snapshot/10000000000000000000/Home/Bricks/.Bricks.newInst.json", patch("Bricks"));
        TestPom.of("bricks").packaging("olympe-library").writeTo(library);
        write(project, "package.json", """
                {
                  "name": "@acme/shop",
                  "version": "1.0.0",
                  "dependencies": {"@acme/bricks": "1.0.0"},
                  "devDependencies": {"@olympeio/toolkit": "1.2.3"}
                }
                """);
        write(project, ".npmrc", "@acme:registry=" + verdaccio.url() + "\n");
        write(project, "snapshot/10000000000000000000/Home/Shop/.Shop.newInst.json", patch("Shop"));
        TestPom.of("shop").writeTo(project);
    }

    @AfterEach
    void stop() {
        verdaccio.close();
    }

    @Test
    void isPublishedAndInstalledAndItsPatchesAreGathered() throws Exception {
        String token = verdaccio.token();
        String tokenServer = "<server><id>npm</id><password>" + token + "</password></server>";

        MavenBuild.Result without = MavenBuild.in(library).run("deploy");
        assertThat(without.succeeded()).isFalse();
        assertThat(without.errors()).first().asString().contains("'npmServerId'");

        MavenBuild.Result published = MavenBuild.in(library)
                .server(tokenServer)
                .run(
                        "deploy",
                        "-X",
                        "-Dolympe.npmServerId=npm",
                        "-Dolympe.npmTag=next",
                        "-Dolympe.npmAccess=restricted");
        assertThat(published.succeeded()).as(published.log()).isTrue();
        assertThat(library.resolve("target/olympe/acme-bricks-1.0.0.tgz")).exists();
        assertThat(published.log()).contains("Published @acme/bricks@1.0.0 to " + verdaccio.url());
        assertThat(verdaccio.describe("@acme/bricks")).containsPattern("\"next\":\\s*\"1.0.0\"");

        MavenBuild.Result again = MavenBuild.in(library).server(tokenServer).run("deploy", "-Dolympe.npmServerId=npm");
        assertThat(again.succeeded()).isFalse();
        assertThat(again.errors()).first().asString().contains("@acme/bricks@1.0.0 is published already in");
        assertThat(again.log())
                .as("what is built before the error")
                .contains(":check (")
                .doesNotContain(":npm-install (", ":build-library (");
        String asPublished = verdaccio.describe("@acme/bricks");

        MavenBuild.Result skipped = MavenBuild.in(library)
                .server(tokenServer)
                .run("deploy", "-Dolympe.npmServerId=npm", "-Dolympe.skipPublished");
        assertThat(skipped.succeeded()).as(skipped.log()).isTrue();
        assertThat(skipped.log()).contains("@acme/bricks@1.0.0 is published already in");
        assertThat(verdaccio.describe("@acme/bricks")).isEqualTo(asPublished);

        MavenBuild.Result built = MavenBuild.in(project)
                .server("<server><id>npm</id><username>" + verdaccio.user() + "</username><password>" + PASSWORD
                        + "</password></server>")
                .run("olympe:build-code-as-data", "-X", "-Dolympe.npmServerId=npm");
        assertThat(built.succeeded()).as(built.log()).isTrue();
        assertThat(project.resolve("dist/codeAsData/acme.bricks/Bricks/.Bricks.newInst.json"))
                .exists();
        assertThat(project.resolve("dist/codeAsData/acme.shop/Shop/.Shop.newInst.json"))
                .exists();

        for (String secret : List.of(token, PASSWORD)) {
            assertThat(List.of(without, published, again, skipped, built))
                    .noneMatch(result -> result.log().contains(secret));
            assertThat(filesWith(secret, library)).isEmpty();
            assertThat(filesWith(secret, project)).isEmpty();
        }
    }

    /** Olympe's own libraries do this: the script {@code postbuild} gathers the code as data, and the plugin does not gather it again. */
    @Test
    void codeAsDataThatTheBuildScriptGathersIsGatheredOnce() throws Exception {
        String packageJson = """
                {
                  "name": "@acme/bricks",
                  "version": "1.0.0",
                  "scripts": {"build": "node build.js", "postbuild": "olympe buildCodeAsData %s"},
                  "publishConfig": {"registry": "%s"},
                  "devDependencies": {"@olympeio/toolkit": "1.2.3"}
                }
                """;
        String server = "<server><id>npm</id><password>" + verdaccio.token() + "</password></server>";
        write(library, "package.json", packageJson.formatted("-pmd project", verdaccio.url()));
        write(library, "dist/codeAsData/acme.old/.Old.newInst.json", patch("Old"));

        MavenBuild.Result once = MavenBuild.in(library).server(server).run("deploy", "-Dolympe.npmServerId=npm");

        assertThat(once.succeeded()).as(once.log()).isTrue();
        assertThat(once.log())
                .containsOnlyOnce("Wrote import order file")
                .contains("The script that builds the library also gathers the code as data.");
        assertThat(tarball())
                .contains("package/codeAsData/acme.bricks/Bricks/.Bricks.newInst.json")
                .noneMatch(file -> file.contains("acme.old"));

        // Nothing changed: the script is skipped, and its result is still the code as data.
        assertThat(MavenBuild.in(library).run("package", "-Dolympe.incremental").succeeded())
                .isTrue();
        MavenBuild.Result again = MavenBuild.in(library).run("package", "-Dolympe.incremental");
        assertThat(again.succeeded()).as(again.log()).isTrue();
        assertThat(again.log()).doesNotContain("Wrote import order file");
        assertThat(tarball()).contains("package/codeAsData/acme.bricks/Bricks/.Bricks.newInst.json");

        // Run alone, the goal does its work; and a script that gathers the dependencies' code as data, too, is
        // corrected by it.
        MavenBuild.Result alone = MavenBuild.in(library).run("olympe:build-code-as-data");
        assertThat(alone.log()).as(alone.log()).containsOnlyOnce("Wrote import order file");
        write(library, "package.json", packageJson.formatted("", verdaccio.url()));
        MavenBuild.Result twice = MavenBuild.in(library).run("compile");
        assertThat(twice.succeeded()).as(twice.log()).isTrue();
        assertThat(library.resolve("dist/codeAsData/version.json")).doesNotExist();
    }

    private List<String> tarball() {
        return new RequiredProgram("tar", "tar")
                .run(
                        "tzf",
                        library.resolve("target/olympe/acme-bricks-1.0.0.tgz").toString())
                .lines()
                .toList();
    }

    /** Neither package.json nor the configuration names a registry, and the project's own package.json must never be published. */
    @Test
    void npmrcAloneNamesTheRegistryToPublishTo() throws Exception {
        Path tiles = folder.resolve("tiles");
        ShopProject.writeTo(tiles);
        write(tiles, "package.json", """
                {
                  "name": "@acme/tiles",
                  "version": "2.0.0",
                  "private": true,
                  "scripts": {"build": "node build.js"},
                  "devDependencies": {"@olympeio/toolkit": "file:packages/toolkit"}
                }
                """);
        write(tiles, "build.js", """
                const fs = require('node:fs');
                const { name, version } = require('./package.json');
                fs.mkdirSync('dist', { recursive: true });
                fs.writeFileSync('dist/package.json', JSON.stringify({ name, version, codeAsData: 'codeAsData' }));
                """);
        String host = verdaccio.url().replace("http:", "");
        write(tiles, ".npmrc", "@acme:registry=" + verdaccio.url() + "\n" + host + ":_authToken=${NPM_TOKEN}\n");
        TestPom.of("tiles").packaging("olympe-library").writeTo(tiles);
        String token = verdaccio.token();

        MavenBuild.Result published =
                MavenBuild.in(tiles).with("NPM_TOKEN", token).run("deploy");
        assertThat(published.succeeded()).as(published.log()).isTrue();
        assertThat(published.log()).contains("Published @acme/tiles@2.0.0 to the registry of .npmrc");
        assertThat(verdaccio.describe("@acme/tiles")).containsPattern("\"latest\":\\s*\"2.0.0\"");

        MavenBuild.Result again = MavenBuild.in(tiles).with("NPM_TOKEN", token).run("deploy");
        assertThat(again.succeeded()).isFalse();
        assertThat(again.errors())
                .first()
                .asString()
                .contains("@acme/tiles@2.0.0 is published already in the registry of .npmrc");
        assertThat(again.log()).doesNotContain(":npm-install (", token);
    }

    private static List<Path> filesWith(String text, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static String patch(String name) {
        return "{\"operations\": [{\"o\": 1, \"p\": {\"ff023000000000000011\": \"%s\"}, \"t\": \"%s\"}]}"
                .formatted(name, name);
    }

    private static void write(Path folder, String file, String content) {
        NodeFixture.write(folder, file, content);
    }
}
