package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.EmbeddedNpmRegistry;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The goals that run npm, as Maven's container makes them. */
@MojoTest
@Basedir("src/test/resources/projects/goal")
class NodeGoalsMojoTest extends HarnessProject {

    @BeforeEach
    void writeProject() throws IOException {
        ShopProject.writeTo(project);
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** A library as it is after its build. */
    private void writeLibrary() throws IOException {
        write("dist/package.json", """
                {"name": "@acme/bricks", "version": "1.0.0", "codeAsData": "codeAsData"}
                """);
        write("dist/codeAsData/import_order.json", "[]");
        write("dist/main.js", "module.exports = 1;\n");
    }

    @Test
    @InjectMojo(goal = "install-node", pom = "pom.xml")
    void installNodeUsesThePathUnlessAVersionIsSet(InstallNodeMojo install) throws Exception {
        prepare(install);

        install.execute();

        assertThat(log.lines()).anyMatch(line -> line.matches(".*Node\\.js \\d+\\.\\d+.*"));
        install.nodeVersion = "newest";
        assertThatThrownBy(install::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("Invalid value for 'nodeVersion' (olympe.nodeVersion): 'newest'");
    }

    @Test
    @InjectMojo(goal = "npm-install", pom = "pom.xml")
    void npmInstallInstallsThePackages(NpmInstallMojo install) throws Exception {
        prepare(install);

        install.execute();

        assertThat(project.resolve("node_modules/@olympeio/toolkit/package.json"))
                .exists();
    }

    @Test
    @InjectMojo(goal = "npm-test", pom = "pom.xml")
    void npmTestRunsTheTests(NpmTestMojo test) throws Exception {
        prepare(test);

        test.execute();

        assertThat(log.lines()).anyMatch(line -> line.contains("the shop is tested"));
    }

    @Test
    @InjectMojo(goal = "npm-test", pom = "pom.xml")
    void skipTestsSkipsNpmTest(NpmTestMojo test) throws Exception {
        prepare(test);
        test.skipTests = true;

        test.execute();

        assertThat(log.lines()).containsExactly("Tests are skipped.");
    }

    @Test
    @InjectMojo(goal = "build-backend", pom = "pom.xml")
    void buildBackendRunsItsScript(BuildBackendMojo build) throws Exception {
        prepare(build);

        build.execute();

        assertThat(project.resolve("dist/node/main.js")).exists();
        assertThat(project.resolve("dist/web")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "build-frontend", pom = "pom.xml")
    void inParallelFrontendAndBackendAreBuiltTogether(BuildFrontendMojo build) throws Exception {
        prepare(build, "olympe:build-frontend", "olympe:build-backend");
        build.parallel = true;

        build.execute();

        assertThat(project.resolve("dist/web/index.html")).exists();
        assertThat(project.resolve("dist/node/main.js")).exists();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("[frontend] built dist/web"))
                .anyMatch(line -> line.contains("[backend] built dist/node"));

        GoalFixture<BuildBackendMojo> backend = new GoalFixture<>(new BuildBackendMojo(), project);
        backend.goal.setPluginContext(build.getPluginContext());
        backend.goal.execute();
        assertThat(backend.log.lines()).containsExactly("The backend is built together with the frontend.");
    }

    @Test
    @InjectMojo(goal = "build-frontend", pom = "pom.xml")
    void inParallelAFailedBuildFailsTheGoalAndIsNamed(BuildFrontendMojo build) throws Exception {
        write("src/fails.js", "console.log('no such brick'); process.exit(3);\n");
        Path packageJson = project.resolve("package.json");
        Files.writeString(
                packageJson,
                Files.readString(packageJson).replace("node build.js src/node dist/node", "node src/fails.js"));
        prepare(build, "olympe:build-frontend", "olympe:build-backend");
        build.parallel = true;

        assertThatThrownBy(build::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("npm run build:node");

        assertThat(log.lines()).anyMatch(line -> line.contains("[backend] no such brick"));
        assertThat(build.getPluginContext().isEmpty()).isTrue();
    }

    @Test
    @InjectMojo(goal = "build-frontend", pom = "pom.xml")
    void inParallelOnlyTheFrontendIsBuiltIfTheBackendWasNotRequested(BuildFrontendMojo build) throws Exception {
        prepare(build, "olympe:build-frontend");
        build.parallel = true;

        build.execute();

        assertThat(project.resolve("dist/web/index.html")).exists();
        assertThat(project.resolve("dist/node")).doesNotExist();
        assertThat(log.lines()).noneMatch(line -> line.contains("[frontend]"));
    }

    @Test
    @InjectMojo(goal = "build-library", pom = "pom.xml")
    void buildLibraryRunsTheNamedScript(BuildLibraryMojo build) throws Exception {
        prepare(build);
        build.libraryScript = "build:draw";
        build.libraryDirectory = "dist/web";

        build.execute();

        assertThat(project.resolve("dist/web/index.html")).exists();
        build.libraryScript = "build";
        assertThatThrownBy(build::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("libraryScript");
    }

    @Test
    @InjectMojo(goal = "npm-pack", pom = "pom.xml")
    void npmPackMakesATarball(NpmPackMojo pack) throws Exception {
        writeLibrary();
        prepare(pack);

        pack.execute();

        assertThat(project.resolve("target/olympe/acme-bricks-1.0.0.tgz")).isNotEmptyFile();
    }

    @Test
    @InjectMojo(goal = "npm-publish", pom = "pom.xml")
    void npmPublishPublishesAVersionOnce(NpmPublishMojo publish) throws Exception {
        writeLibrary();
        try (EmbeddedNpmRegistry registry = EmbeddedNpmRegistry.start("t0ken-of-npm")) {
            prepare(publish);
            publish.branch = "main";
            publish.npmRegistry = registry.url();
            publish.environmentVariables = Map.of("NPM_TOKEN", "t0ken-of-npm");
            write(".npmrc", registry.url().replace("http:", "") + ":_authToken=${NPM_TOKEN}\n");

            publish.dryRun = true;
            publish.execute();
            assertThat(registry.versions("@acme/bricks")).isEmpty();

            publish.dryRun = false;
            publish.execute();
            assertThat(registry.versions("@acme/bricks")).isEqualTo(List.of("1.0.0"));

            assertThatThrownBy(publish::execute)
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining("@acme/bricks")
                    .hasMessageContaining("1.0.0");
            publish.skipPublished = true;
            publish.execute();
        }
    }
}
