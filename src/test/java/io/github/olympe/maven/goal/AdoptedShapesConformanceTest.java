package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.adopt.AdoptPlan;
import io.github.olympe.maven.adopt.AdoptSettings;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects of different shapes. Each is adopted, then built with the pom that adopt wrote, up to what it would push, publish and send.
 * Their scripts copy files instead of running webpack.
 */
class AdoptedShapesConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static EmbeddedRegistry registry;
    private static TestBaseImages bases;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.start();
        bases = TestBaseImages.pushTo(registry.host());
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void theTemplate() throws IOException {
        Path project = shop("template");
        FileTree.copy(Path.of("src/it/template/docker"), project.resolve("docker"));
        edit(project, json -> {
            ObjectNode scripts = json.putObject("scripts");
            scripts.put("serve", "npm run serve:draw");
            scripts.put("serve:draw", "node build.js src/web dist/web");
            scripts.put("build", "npm run build:draw");
            scripts.put("build:draw", "node build.js src/web dist/web");
            scripts.put("build:node", "node build.js src/node dist/node");
        });

        assertThat(adopt(project, "azure")).doesNotContain("To look at");
        assertThat(Files.readString(project.resolve("pom.xml")))
                .doesNotContain("<properties>")
                .doesNotContain("<configuration>");
        String log = deploy(project, "-Dolympe.registry=" + registry.host() + "/acme");
        assertThat(names(project)).containsExactly("frontend", "backend", "codeasdata");
        assertThat(log).contains(registry.host() + "/acme/shop-frontend:main");
    }

    /** The script {@code build:draw} makes the whole editor there, and {@code build:web} the frontend. */
    @Test
    void aLayoutOf2023() throws IOException {
        Path project = shop("layout-of-2023");
        FileTree.copy(Path.of("src/it/template/docker"), project.resolve("docker"));
        edit(project, json -> {
            ObjectNode scripts = json.putObject("scripts");
            scripts.put("build:draw", "node build.js src dist/draw");
            scripts.put("build:web", "node build.js src/web dist/web");
            scripts.put("build:node", "node build.js src/node dist/node");
        });
        Files.writeString(project.resolve(".gitlab-ci.yml"), """
                build:
                  rules: [{if: $CI_COMMIT_BRANCH == "main"}]
                  script:
                    - npm ci && npm run build:web && npm run build:node
                    - docker build -f docker/frontend.Dockerfile -t %1$s/acme/market-frontend:$CI_COMMIT_SHORT_SHA --build-arg SOURCES_PATH=dist/web .
                    - docker build -f docker/backend.Dockerfile -t %1$s/acme/market-backend:$CI_COMMIT_SHORT_SHA --build-arg SOURCES_PATH=dist/node .
                    - 'curl -H "Authorization: Bearer $WEBHOOK_TOKEN" -d "{\\"frontend\\": {\\"image\\": \\"%1$s/acme/market-frontend:$CI_COMMIT_SHORT_SHA\\"}}" https://deploy.example.com/market'
                """.formatted(registry.host()));

        adopt(project, "gitlab");
        String log = deploy(project);
        assertThat(project.resolve("dist/web/index.html")).exists();
        assertThat(project.resolve("dist/draw")).doesNotExist();
        assertThat(log)
                .contains(registry.host() + "/acme/market-frontend:1a2b3c4d", "https://deploy.example.com/market");
    }

    /** Like CORE, whose build makes its code as data itself. */
    @Test
    void aLibrary() throws IOException {
        Path project = shop("library");
        FileTree.copy(Path.of("src/it/packaging-olympe-library/snapshot"), project.resolve("snapshot"));
        Files.copy(Path.of("src/it/packaging-olympe-library/build.js"), project.resolve("build-library.js"));
        edit(project, json -> {
            json.put("name", "@acme/bricks");
            ObjectNode scripts = json.putObject("scripts");
            scripts.put("build", "node build-library.js");
            scripts.put("postbuild", "olympe buildCodeAsData -pmd project");
        });
        Files.writeString(project.resolve(".gitlab-ci.yml"), """
                publish:
                  script: [npm ci, npm run build, 'cd dist && npm publish']
                """);

        assertThat(adopt(project, "gitlab")).contains("goal build-library", "goal npm-publish");
        assertThat(deploy(project)).contains("@acme/bricks@1.0.0");
        assertThat(project.resolve("target/olympe/acme-bricks-1.0.0.tgz")).isNotEmptyFile();
    }

    @Test
    void aPackageOfAWorkspace() throws IOException {
        Path root = folder.resolve("workspace");
        Path project = root.resolve("apps/shop");
        ShopProject.writeTo(project);
        Files.move(project.resolve("packages"), root.resolve("packages"));
        Files.writeString(
                root.resolve("package.json"), "{\"private\": true, \"workspaces\": [\"apps/*\", \"packages/*\"]}");
        edit(project, json -> {
            json.withObject("/dependencies").put("@olympeio/draw", "*");
            json.withObject("/devDependencies").put("@olympeio/toolkit", "*");
        });
        Files.writeString(root.resolve(".gitlab-ci.yml"), "build: {script: [npm ci]}");
        ImageTools.bash(root, "git init -q .");

        assertThat(adopt(project, "azure")).contains("../../.gitlab-ci.yml:1  a pipeline of a folder above");
        deploy(project, "-Dolympe.registry=" + registry.host() + "/acme");
        assertThat(root.resolve("node_modules/@olympeio/draw")).exists();
        assertThat(project.resolve("node_modules")).doesNotExist();
        assertThat(names(project)).containsExactly("frontend", "backend", "codeasdata");
    }

    private static Path shop(String name) throws IOException {
        Path project = folder.resolve(name);
        ShopProject.writeTo(project);
        return project;
    }

    private interface Edit {
        void apply(ObjectNode json);
    }

    private static void edit(Path project, Edit edit) throws IOException {
        Path file = project.resolve("package.json");
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        edit.apply(json);
        JSON.writeValue(file.toFile(), json);
    }

    /** Returns the table. */
    private static String adopt(Path project, String ci) throws IOException {
        AdoptPlan plan = AdoptPlan.of(
                new AdoptSettings(project, Optional.of(ci), MavenBuild.pluginVersion(), false, Optional.empty()));
        String table = String.join("\n", plan.describe());
        plan.run();
        Path pom = project.resolve("pom.xml");
        // The Node.js of this machine, instead of one that is downloaded.
        Files.writeString(
                pom, Files.readString(pom).replaceFirst("(?m)^ *<olympe.nodeVersion>.*</olympe.nodeVersion>\n", ""));
        return table;
    }

    /** Builds the project up to what it would push and send; returns the log. */
    private static String deploy(Path project, String... arguments) {
        MavenBuild maven = MavenBuild.in(project)
                .with("WEBHOOK_TOKEN", "shop-token")
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
        MavenBuild.Result result = maven.run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "deploy",
                                "-Dolympe.dryRun",
                                "-Dolympe.frontend.baseImage=" + bases.frontend(),
                                "-Dolympe.backend.baseImage=" + bases.backend(),
                                "-Dolympe.codeAsData.baseImage=" + bases.codeAsData()))
                .toArray(String[]::new));
        assertThat(result.succeeded()).as(result.log()).isTrue();
        return result.log();
    }

    private static List<String> names(Path project) throws IOException {
        List<String> names = new ArrayList<>();
        JSON.readTree(project.resolve("target/olympe/images.json").toFile())
                .path("images")
                .forEach(image -> names.add(image.path("name").asText()));
        return names;
    }
}
