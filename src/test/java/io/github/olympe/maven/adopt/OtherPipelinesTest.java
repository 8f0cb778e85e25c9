package io.github.olympe.maven.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of GitHub Actions and Jenkins, and projects without one. */
class OtherPipelinesTest {

    private static final Path RESOURCES = Path.of("src/test/resources/adopt");

    @TempDir
    Path project;

    @BeforeEach
    void template() throws IOException {
        FileTree.copy(Path.of("src/it/template"), project);
        Files.delete(project.resolve("pom.xml"));
    }

    @Test
    void readsAGithubWorkflow() throws IOException {
        Files.createDirectories(project.resolve(".github/workflows"));
        Files.copy(RESOURCES.resolve("github.yml"), project.resolve(".github/workflows/deploy.yml"));
        String table = adopt(Optional.empty());
        assertThat(pom())
                .contains("<olympe.registry>registry.example.com/acme</olympe.registry>")
                .contains("<olympe.deployBranches>develop|main</olympe.deployBranches>")
                .contains("<olympe.deploy.url>https://deploy.example.com/acme/production</olympe.deploy.url>")
                .contains("<olympe.nodeVersion>20.18.1</olympe.nodeVersion>")
                .contains("<tag>{build}</tag>")
                .as("a build by hand has no number")
                .contains("<tag>{commit}</tag>");
        assertThat(table).contains("deploy.yml:24  acme/notify@v1");
        assertThat(project.resolve(".github/deploy.olympe.yml")).content().contains("secrets.OLYMPE_TOKEN");
        assertThat(project.resolve(".github/workflows").toFile().list())
                .as("what GitHub runs")
                .containsExactly("deploy.yml");
    }

    @Test
    void namesWhatTheNewWorkflowLacks() throws IOException {
        Files.createDirectories(project.resolve(".github/workflows"));
        Files.writeString(project.resolve(".github/workflows/deploy.yml"), """
                on:
                  push: {branches: [main], paths: [src/**]}
                  schedule: [{cron: "0 3 * * *"}]
                env: {NODE_OPTIONS: --max-old-space-size=8192}
                concurrency: shop
                jobs:
                  deploy:
                    runs-on: [self-hosted]
                    environment: production
                    container: node:18
                    steps:
                      - uses: actions/checkout@v4
                        with: {submodules: true}
                      - uses: docker/build-push-action@v6
                        with: {file: docker/frontend.Dockerfile, tags: shop-frontend, platforms: linux/arm64}
                      - run: npm ci
                        working-directory: packages/app
                      - run: npm run other
                        shell: pwsh
                """);
        String table = adopt(Optional.empty());
        assertThat(table.substring(table.indexOf("To look at")))
                .contains(
                        "deploy.yml:2  on: push: paths",
                        "deploy.yml:3  on: schedule",
                        "deploy.yml:4  variable NODE_OPTIONS",
                        "deploy.yml:5  concurrency",
                        "deploy.yml:9  deploy: environment production",
                        "deploy.yml:10  deploy: container",
                        "actions/checkout: submodules",
                        "docker/build-push-action: platforms",
                        "step: working-directory",
                        "a step in pwsh")
                .doesNotContain("npm run other");
    }

    /** The token of one environment must never be sent to another. */
    @Test
    void givesEachEnvironmentItsOwnToken() throws IOException {
        Files.createDirectories(project.resolve(".github/workflows"));
        Path workflow = project.resolve(".github/workflows/deploy.yml");
        Files.writeString(workflow, "on: workflow_dispatch\njobs:\n" + deployment("develop") + deployment("main"));
        String table = adopt(Optional.empty());
        assertThat(project.resolve(".github/deploy.olympe.yml"))
                .content()
                .contains("OLYMPE_DEPLOY_TOKEN: ${{ github.ref_name == 'develop' && secrets.TOKEN_DEVELOP"
                        + " || github.ref_name == 'main' && secrets.TOKEN_MAIN }}");
        assertThat(table).contains("deploy.yml:1  a workflow that no push starts");

        adopt(Optional.of("jenkins"));
        assertThat(project.resolve("Jenkinsfile")).content().doesNotContain("credentials('olympe-token')");
        assertThat(AdoptPlan.of(settings(Optional.of("jenkins"), true)).describe())
                .anyMatch(line -> line.contains("a token for each environment"));
    }

    private static String deployment(String branch) {
        return """
                  deploy-%1$s:
                    if: github.ref == 'refs/heads/%1$s'
                    steps:
                      - run: |
                          curl -X POST https://%1$s.example.com/acme -H "Authorization: Bearer ${{ secrets.TOKEN_%2$s }}" -d '{}'
                """.formatted(branch, branch.toUpperCase(Locale.ROOT)).indent(2);
    }

    @Test
    void buildsWithANodeJsThatPackageJsonAsksFor() throws IOException {
        for (String engine : List.of("", "18.x", ">=20")) {
            Files.writeString(
                    project.resolve("package.json"),
                    "{\"name\": \"shop\", \"scripts\": {\"build:draw\": \"webpack\"}, \"engines\": {\"node\": \""
                            + engine + "\"}, \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
            Files.deleteIfExists(project.resolve("pom.xml"));
            Files.deleteIfExists(project.resolve(".gitlab-ci.yml"));
            adopt(Optional.of("gitlab"));
            assertThat(pom())
                    .as(engine)
                    .contains("<olympe.nodeVersion>" + (engine.equals(">=20") ? "20.18.1" : "18.20.8"));
        }
    }

    @Test
    void readsTheShellLinesOfAJenkinsfile() throws IOException {
        Files.copy(RESOURCES.resolve("Jenkinsfile"), project.resolve("Jenkinsfile"));
        String table = adopt(Optional.empty());
        assertThat(pom())
                .contains("<olympe.registry>registry.example.com/acme</olympe.registry>")
                .contains("<olympe.deployBranches>main</olympe.deployBranches>")
                .contains("<tag>{build}</tag>");
        assertThat(table).contains("the Groovy around the shell lines");
        assertThat(project.resolve("Jenkinsfile.olympe")).content().contains("mvn -B deploy");
    }

    @Test
    void writesTheRequestedPipelineIfThereIsNone() throws IOException {
        String table = adopt(Optional.of("azure"));
        assertThat(project.resolve("azure-pipelines.yml")).content().contains("mvn -B deploy");
        assertThat(table).contains("docker/frontend.Dockerfile:1").contains("Everything was understood.");
        assertThat(pom()).doesNotContain("<properties>").doesNotContain("<configuration>");
    }

    @Test
    void saysWhatIsLeftToDo() {
        AdoptPlan plan = AdoptPlan.of(settings(Optional.of("azure"), false));
        assertThat(plan.run())
                .endsWith(
                        "Set olympe.registry in the <properties> of pom.xml to where images are pushed, such as registry.example.com/acme.",
                        "Set olympe.deploy.url in the <properties> of pom.xml to the URL of the deploy webhook that Olympe gave you.",
                        "Then run 'mvn deploy -Dolympe.dryRun': it builds everything, and shows what would be pushed and sent.");
    }

    /** With the existing pom, the command would do something else, or even deploy. */
    @Test
    void namesThePomThatWasWrittenBesideAnother() throws IOException {
        Files.writeString(project.resolve("pom.xml"), "mine");
        AdoptPlan plan = AdoptPlan.of(settings(Optional.empty(), false));
        assertThat(plan.run())
                .contains(
                        "Wrote pom.olympe.xml (beside the pom.xml that is there; the new pipeline needs it in its place)")
                .endsWith(
                        "Set olympe.deploy.url in the <properties> of pom.olympe.xml to the URL of the deploy webhook that Olympe gave you.",
                        "Then run 'mvn -f pom.olympe.xml deploy -Dolympe.dryRun': it builds everything, and shows what would be pushed and sent.");
    }

    @Test
    void doesNotAskForWhatThePipelineContains() throws IOException {
        Files.createDirectories(project.resolve(".github/workflows"));
        Files.copy(RESOURCES.resolve("github.yml"), project.resolve(".github/workflows/deploy.yml"));
        assertThat(AdoptPlan.of(settings(Optional.empty(), false)).run())
                .noneMatch(line -> line.startsWith("Set "))
                .last()
                .asString()
                .startsWith("Then run 'mvn deploy -Dolympe.dryRun'");
    }

    @Test
    void doesNotReportItsOwnEarlierFilesAsForeign() throws IOException {
        adopt(Optional.empty());
        adopt(Optional.empty());
        assertThat(project.resolve("pom.olympe.xml")).doesNotExist();
    }

    @Test
    void overwritesNothing() throws IOException {
        for (String file : List.of("pom.xml", "mvnw", ".gitlab-ci.yml")) {
            Files.writeString(project.resolve(file), file.endsWith("yml") ? "build: {script: [npm ci]}" : "mine");
        }
        adopt(Optional.empty());
        assertThat(project.resolve("pom.xml")).hasContent("mine");
        assertThat(project.resolve("mvnw")).hasContent("mine");
        assertThat(project.resolve(".gitlab-ci.yml")).hasContent("build: {script: [npm ci]}");
        assertThat(project.resolve("pom.olympe.xml")).content().contains("<packaging>olympe</packaging>");
        assertThat(project.resolve(".gitlab-ci.olympe.yml")).exists();
        assertThat(project.resolve("mvnw.cmd")).doesNotExist();
    }

    @Test
    void refusesToOverwriteFilesOfAnEarlierRun() throws IOException {
        Files.writeString(project.resolve("pom.xml"), "mine");
        Path beside = project.resolve("pom.olympe.xml");
        adopt(Optional.empty());
        adopt(Optional.empty());
        Files.writeString(beside, "edited");
        Files.delete(project.resolve(".mvn/jvm.config"));
        assertThatThrownBy(() -> adopt(Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The file '" + beside
                        + "' exists, and adopt overwrites nothing; move it away and run adopt again.");
        assertThat(beside).hasContent("edited");
        assertThat(project.resolve(".mvn/jvm.config")).doesNotExist();
    }

    @Test
    void writesNoWrapperIfOnlyTheWindowsWrapperExists() throws IOException {
        Files.writeString(project.resolve("mvnw.cmd"), "mine");
        adopt(Optional.empty());
        assertThat(project.resolve("mvnw.cmd")).hasContent("mine");
        assertThat(project.resolve("mvnw")).doesNotExist();
    }

    @Test
    void acceptsAPackageNameThatIsOnlyAScope() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"@acme\", \"scripts\": {\"build:draw\": \"webpack\"},"
                        + " \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
        adopt(Optional.empty());
        assertThat(pom()).contains("<artifactId>acme</artifactId>");
    }

    @Test
    void namesWorkflowsThatItDoesNotRead() throws IOException {
        Files.createDirectories(project.resolve(".github/workflows"));
        Files.writeString(project.resolve(".github/workflows/release.yml"), "on: push");
        assertThat(adopt(Optional.empty()))
                .contains(".github/workflows/release.yml:1", "Only .github/workflows/deploy.yml is read.");
    }

    @Test
    void showsTheFilesOfADryRunAndWritesNone() throws IOException {
        AdoptPlan plan = AdoptPlan.of(settings(Optional.of("jenkins"), true));
        assertThat(plan.run()).isEmpty();
        assertThat(String.join("\n", plan.describe())).contains("pom.xml:", "Jenkinsfile:", "Nothing was written");
        assertThat(project.resolve("pom.xml")).doesNotExist();
        assertThat(project.resolve("mvnw")).doesNotExist();
    }

    @Test
    void makesALibraryOfAPackageThatHasOnlyABuild() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"@acme/bricks\", \"version\": \"2.0.0\", \"scripts\": {\"build\": \"webpack\"},"
                        + " \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
        adopt(Optional.empty());
        assertThat(pom()).contains("<packaging>olympe-library</packaging>").contains("<groupId>acme</groupId>");
    }

    @Test
    void usesTheScriptsOfAProjectFrom2023() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"version\": \"2.0.0\", \"scripts\": {\"build:web\": \"webpack\", \"build:node\": \"webpack\"},"
                        + " \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
        Files.writeString(project.resolve(".gitlab-ci.yml"), "build: {script: [npm ci, 'npm run build:web']}");
        adopt(Optional.empty());
        assertThat(pom()).contains("<olympe.frontendScript>build:web</olympe.frontendScript>");
    }

    /** The word build contains the letters UI. */
    @Test
    void doesNotMistakeALibrarysBuildForAFrontend() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"bricks\", \"version\": \"2.0.0\", \"scripts\": {\"build\": \"webpack\"},"
                        + " \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
        Files.writeString(project.resolve(".gitlab-ci.yml"), "build: {script: [npm ci, npm run build, npm publish]}");
        assertThat(adopt(Optional.empty())).contains("goal build-library").doesNotContain("build-frontend");
        assertThat(pom()).contains("<packaging>olympe-library</packaging>").doesNotContain("frontendScript");
    }

    @Test
    void prefersTheScriptThatThePipelineRuns() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"scripts\": {\"build:web\": \"webpack\", \"build:draw\": \"webpack\"},"
                        + " \"devDependencies\": {\"@olympeio/toolkit\": \"1.1.0\"}}");
        Files.writeString(project.resolve(".gitlab-ci.yml"), "build: {script: [npm ci, 'npm run build:web']}");
        adopt(Optional.empty());
        assertThat(pom()).contains("<olympe.frontendScript>build:web</olympe.frontendScript>");
        Files.delete(project.resolve("pom.xml"));
        Files.delete(project.resolve(".gitlab-ci.olympe.yml"));
        Files.writeString(
                project.resolve(".gitlab-ci.yml"), "build: {script: ['npm run build:web', 'npm run build:draw']}");
        assertThat(adopt(Optional.empty())).contains("npm run build:web\n      No goal runs it.");
        assertThat(pom()).doesNotContain("frontendScript");
    }

    @Test
    void namesTheRepositorysPipelineForAWorkspacePackage() throws IOException {
        Path shop = Files.createDirectories(project.resolve("apps/shop"));
        FileTree.copy(Path.of("src/it/template"), shop);
        Files.delete(shop.resolve("pom.xml"));
        Files.createDirectory(project.resolve(".git"));
        Files.writeString(project.resolve(".gitlab-ci.yml"), "build: {script: [npm ci]}");
        AdoptPlan plan = AdoptPlan.of(new AdoptSettings(shop, Optional.empty(), "1.0.0", true, Optional.empty()));
        assertThat(String.join("\n", plan.describe())).contains("../../.gitlab-ci.yml:1  a pipeline of a folder above");
    }

    @Test
    void neverCopiesASecretOfNpmrcOrTheSnapshotConfiguration() throws IOException {
        Files.writeString(project.resolve(".npmrc"), "//npm.example.com/:_authToken=npm-s3cret\n");
        Files.writeString(
                project.resolve("res/snapshot-config.json"),
                "[{\"git\": {\"repo\": \"https://git-s3cret@git.example.com/shop.git\"}}]");
        String table = adopt(Optional.empty());
        assertThat(table)
                .contains(".npmrc:1", "npmServerId", "res/snapshot-config.json:1", "OLYMPE_GIT_TOKEN")
                .doesNotContain("s3cret");
        assertThat(pom()).doesNotContain("s3cret");
    }

    @Test
    void writesTheWrapperOfThisProject() throws IOException {
        adopt(Optional.empty());
        assertThat(project.resolve("mvnw"))
                .hasSameTextualContentAs(Path.of("mvnw"))
                .isExecutable();
        assertThat(project.resolve("mvnw.cmd")).hasSameTextualContentAs(Path.of("mvnw.cmd"));
        assertThat(project.resolve(".mvn/wrapper/maven-wrapper.properties"))
                .hasSameTextualContentAs(Path.of(".mvn/wrapper/maven-wrapper.properties"));
    }

    private AdoptSettings settings(Optional<String> ci, boolean dryRun) {
        return new AdoptSettings(project, ci, "1.0.0", dryRun, Optional.empty());
    }

    private String adopt(Optional<String> ci) {
        AdoptPlan plan = AdoptPlan.of(settings(ci, false));
        String table = String.join("\n", plan.describe());
        plan.run();
        return table;
    }

    private String pom() throws IOException {
        return Files.readString(project.resolve("pom.xml"));
    }
}
