package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMojoTest {

    private static final String URL = "https://deploy.example.com/acme/production";

    @TempDir
    Path project;

    @BeforeEach
    void writeProject() throws IOException {
        ShopProject.writeTo(project);
    }

    /** A check of the goals that a test names, instead of those that Maven plans. */
    private static final class Check extends CheckMojo {

        private final List<GoalMojo<?>> running = new ArrayList<>();
        private final List<GoalMojo<?>> later = new ArrayList<>();

        @Override
        Goals goals() {
            return new Goals(running, later);
        }
    }

    private final NpmInstallMojo npmInstall = new NpmInstallMojo();
    private final SnapshotMojo snapshot = new SnapshotMojo();
    private final BuildCodeAsDataMojo buildCodeAsData = new BuildCodeAsDataMojo();
    private final ImageMojo image = new ImageMojo();
    private final PushMojo push = new PushMojo();

    /** A build that builds everything, and assembles and pushes images, called with these tasks. */
    private GoalFixture<Check> fixture(String... tasks) {
        GoalFixture<Check> fixture = new GoalFixture<>(new Check(), project, tasks);
        List<GoalMojo<?>> goals = List.of(tasks).contains("deploy") ? fixture.goal.running : fixture.goal.later;
        for (GoalMojo<?> goal : List.of(
                new InstallNodeMojo(),
                npmInstall,
                snapshot,
                new BuildFrontendMojo(),
                new BuildBackendMojo(),
                buildCodeAsData,
                image,
                push)) {
            new GoalFixture<>(goal, project).inBuildOf(fixture);
            goals.add(goal);
            if (goal instanceof NodeMojo<?> node) {
                node.nodeVersion = "20.18.1";
            }
        }
        return fixture;
    }

    private DeployMojo deploy(GoalFixture<Check> check) {
        return new GoalFixture<>(new DeployMojo(), project).inBuildOf(check).goal;
    }

    /** A build that is deployed, whatever its branch. */
    private GoalFixture<Check> deploying() {
        return deploying(deploy -> {});
    }

    private GoalFixture<Check> deploying(Consumer<DeployMojo> configuration) {
        GoalFixture<Check> fixture = fixture("deploy");
        fixture.addServer("deploy", "t0ken");
        DeployMojo deploy = deploy(fixture);
        for (ImagesMojo<?> goal : List.of(push, deploy)) {
            goal.environments = List.of(GoalFixture.environment("production", URL));
            goal.environment = "production";
        }
        useRegistry("127.0.0.1:1/acme");
        deploy.deployServerId = "deploy";
        configuration.accept(deploy);
        fixture.goal.running.add(deploy);
        return fixture;
    }

    private void useRegistry(String registry) {
        image.registry = registry;
        push.registry = registry;
    }

    private static void assertFails(GoalFixture<Check> fixture, String message) {
        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void reportsAnInvalidImageNameWithItsParameter() {
        GoalFixture<Check> fixture = fixture("validate");
        useRegistry("registry.example.com/acme");
        image.imageName = "AcmeShop";

        assertFails(
                fixture,
                "Invalid value for 'imageName' (olympe.imageName): 'registry.example.com/acme/AcmeShop-frontend'. It is not");
    }

    @Test
    void findsBackendsThatShareAVariable() {
        GoalFixture<Check> fixture = fixture("validate");
        Backend one = new Backend();
        one.name = "order-queue";
        Backend other = new Backend();
        other.name = "order.queue";
        image.backends = List.of(one, other);

        assertFails(
                fixture,
                "Invalid value for 'backends/backend/name': 'order.queue'. Another backend also has the variable"
                        + " 'ORDER_QUEUE_BACKEND_IMAGE' in build.env. Give them names");
    }

    @Test
    void findsAnInstructionOfADockerfileThatCannotBeFollowed() throws IOException {
        Path file = project.resolve("docker/frontend.Dockerfile");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "FROM olympeio/frontend-base:latest\nRUN apk add curl\n");
        assertFails(fixture("package"), "docker/frontend.Dockerfile:2: 'RUN apk add curl': ");
    }

    @Test
    void findsAnInvalidTime() {
        GoalFixture<Check> fixture = deploying(deploy -> deploy.deployTimeout = 0);

        assertFails(fixture, "Invalid value for 'deployTimeout' (olympe.deploy.timeout): '0'. Give a number");
    }

    @Test
    void findsAnInvalidTimeForNpm() {
        GoalFixture<Check> fixture = fixture("validate");
        npmInstall.npmTimeout = -1;

        assertFails(fixture, "Invalid value for 'npmTimeout' (olympe.npmTimeout): '-1'. Give a number");
    }

    @Test
    void findsAnNpmToInstallWithoutANode() {
        GoalFixture<Check> fixture = fixture("validate");
        npmInstall.nodeVersion = null;
        npmInstall.npmVersion = "10.8.2";

        assertFails(fixture, "Invalid value for 'npmVersion' (olympe.npmVersion): '10.8.2'. 'nodeVersion' is not set");
    }

    @Test
    void findsAModeThatTheToolkitDoesNotHave() {
        GoalFixture<Check> fixture = fixture("validate");
        buildCodeAsData.codeAsDataMode = "everything";

        assertFails(fixture, "Invalid value for 'codeAsDataMode' (olympe.codeAsData.mode): 'everything'");

        buildCodeAsData.codeAsDataMode = "project";
        buildCodeAsData.codeAsData = new CodeAsData();
        buildCodeAsData.codeAsData.skip = true;
        assertThatCode(fixture.goal::execute).doesNotThrowAnyException();
        assertThat(fixture.log.lines())
                .contains("There is no code as data to build: the section 'codeAsData' skips it.");
    }

    @Test
    void warnsOfAProjectWithoutTheToolkit() throws Exception {
        GoalFixture<Check> fixture = fixture("validate");
        writeProjectOfCodeAsDataAlone();

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line ->
                        line.matches("WARN The file '.*package.json' does not depend on '@olympeio/toolkit', .*"));
    }

    @Test
    void warnsOfANewcomersMistakes() throws Exception {
        GoalFixture<Check> fixture = fixture("validate");
        Files.writeString(project.resolve("package.json"), """
                {"scripts": {"build:draw": "x", "build:web": "x", "build:node": "x"}, "devDependencies": {"@olympeio/toolkit": "1.1.0"}}
                """);
        Files.writeString(project.resolve("yarn.lock"), "");
        FileTree.delete(project.resolve("snapshot"));
        Backend backend = new Backend();
        backend.baseImage = "node:16";
        image.backends = List.of(backend);

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .filteredOn(line -> line.startsWith("WARN "))
                .satisfiesExactly(
                        line -> assertThat(line).contains("yarn.lock' says which packages"),
                        line -> assertThat(line).contains("has the scripts 'build:draw' and 'build:web'"),
                        line -> assertThat(line).contains("There is no snapshot in"),
                        line -> assertThat(line)
                                .contains("The backend 'backend' is built by Node.js", "has Node.js 16"));
    }

    @Test
    void doesNotWarnOfASnapshotThatIsTakenOrNotWanted() throws Exception {
        GoalFixture<Check> fixture = snapshotting();
        FileTree.delete(project.resolve("snapshot"));
        fixture.goal.execute();
        assertThat(fixture.log.lines()).noneMatch(line -> line.contains("There is no snapshot"));

        snapshot.orchestratorHost = null;
        GoalFixture<Check> other = fixture("validate");
        buildCodeAsData.codeAsDataMode = "dependencies";
        Files.delete(project.resolve("res/snapshot-config.json"));
        other.goal.execute();
        assertThat(other.log.lines()).noneMatch(line -> line.contains("There is no snapshot"));
    }

    /** A build that takes a snapshot and commits it. */
    private GoalFixture<Check> snapshotting() throws IOException {
        Files.createDirectories(project.resolve("res"));
        Files.writeString(project.resolve("res/snapshot-config.json"), """
                [{"snapshooter": {"name": "Shop", "rootTags": ["10000000000000000000"]},
                  "git": {"repo": "https://git.example.com/acme/shop.git"}}]
                """);
        GoalFixture<Check> fixture = fixture("validate");
        snapshot.orchestratorHost = "draw.example.com";
        snapshot.orchestratorServerId = "draw";
        fixture.addServer("draw", "nightly", "dr4wn");
        snapshot.gitServerId = "git";
        fixture.addServer("git", "t0ken");
        return fixture;
    }

    @Test
    void acceptsAProjectWithASnapshot() throws Exception {
        GoalFixture<Check> fixture = snapshotting();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).contains("Snapshot from draw.example.com:443:");
    }

    @Test
    void findsInvalidSnapshotParameters() throws Exception {
        GoalFixture<Check> fixture = snapshotting();
        snapshot.snapshotTimeout = 0;
        assertFails(fixture, "Invalid value for 'snapshotTimeout' (olympe.snapshot.timeout): '0'");

        snapshot.snapshotTimeout = 900;
        snapshot.gitTimeout = 0;
        assertFails(fixture, "Invalid value for 'gitTimeout' (olympe.git.timeout): '0'");

        snapshot.gitTimeout = 60;
        snapshot.snapshotAuthor = "nobody";
        assertFails(fixture, "Invalid value for 'snapshotAuthor' (olympe.snapshot.author): 'nobody'");

        snapshot.snapshotAuthor = null;
        snapshot.snapshotCommitter = "<>";
        assertFails(fixture, "Invalid value for 'snapshotCommitter' (olympe.snapshot.committer): '<>'");

        snapshot.snapshotCommitter = null;
        snapshot.snapshotZone = "Zurich";
        assertFails(fixture, "Invalid value for 'snapshotZone' (olympe.snapshot.zone): 'Zurich'");
    }

    @Test
    void findsAServerWithoutAToken() {
        GoalFixture<Check> fixture = deploying(deploy -> deploy.deployServerId = "empty");
        fixture.addServer("empty", "");

        assertFails(fixture, "The server 'empty' of settings.xml has no password");
    }

    @Test
    void findsMissingRegistryCredentials() throws Exception {
        GoalFixture<Check> fixture = deploying();
        useRegistry("registry.invalid:5000/acme");

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line ->
                        line.startsWith("WARN No credentials for the registry 'registry.invalid:5000' were found in"
                                + " a server 'registry.invalid:5000' in settings.xml, and the docker configuration "));
    }

    @Test
    void acceptsARegistryWithAServerAndOneOnThisMachine() throws Exception {
        for (String registry : List.of("registry.invalid:5000", "127.0.0.1:5000", "localhost", "[::1]:5000")) {
            GoalFixture<Check> fixture = deploying();
            useRegistry(registry + "/acme");
            fixture.addServer("registry.invalid:5000", "password");

            fixture.goal.execute();

            assertThat(fixture.log.lines()).noneMatch(line -> line.contains("No credentials"));
        }
    }

    @Test
    void triesTheRegistrysPasswordUnlessMavenIsOffline() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start().requireBasic("ci", "right")) {
            GoalFixture<Check> fixture = deploying();
            useRegistry(registry.host() + "/acme");
            fixture.addServer(registry.host(), "ci", "wrong");

            assertFails(fixture, "does not allow it with the credentials of server '" + registry.host());

            registry.forgetRequests();
            fixture.goal.session.getRequest().setOffline(true);
            assertFails(fixture, "Cannot deploy to 'deploy.example.com' because Maven is offline (-o).");

            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void findsAMissingServerForTheRegistry() {
        GoalFixture<Check> fixture = deploying();
        useRegistry("registry.invalid/acme");
        push.registryServerId = "nowhere";

        assertFails(fixture, "Invalid value for 'registryServerId': 'nowhere'");
    }

    @Test
    void acceptsABuildThatDoesNotDeployWithoutItsVariables() throws Exception {
        GoalFixture<Check> fixture = fixture("package");
        DeployMojo deploy = deploy(fixture);
        deploy.environments = List.of(
                GoalFixture.environment("codev", null),
                GoalFixture.environment("preprod", "https://${env.PREPROD}/acme"),
                GoalFixture.environment("production", URL));
        fixture.goal.later.add(deploy);

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line -> line.startsWith("WARN The deployment to the environment 'codev' is not checked"))
                .anyMatch(line -> line.startsWith("WARN The deployment to the environment 'preprod' is not checked"))
                .noneMatch(line -> line.contains("'production' is not checked"))
                .anyMatch(line -> line.startsWith("Skipping deploy: "));
    }

    @Test
    void findsAMissingVariableOfADeployment() {
        GoalFixture<Check> fixture =
                deploying(deploy -> deploy.environments = List.of(GoalFixture.environment("production", null)));

        assertFails(fixture, "Missing parameter 'environments.production.url'");
    }

    @Test
    void aProjectWithOnlyCodeAsDataIsDeployedOnlyIfAskedFor() throws Exception {
        writeProjectOfCodeAsDataAlone();
        GoalFixture<Check> fixture =
                deploying(deploy -> deploy.payload = "{\"noDowntime\": {\"promotionMode\": \"manual\"}}");

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("Skipping deploy: there is no image but that of the code as data");

        GoalFixture<Check> asked = deploying(deploy -> deploy.codeAsDataDeploy = "true");
        asked.goal.execute();

        assertThat(asked.log.lines()).last().asString().contains("code as data (auto)");
    }

    @Test
    void aProjectWithOnlyCodeAsDataIsFineOnOtherBranches() throws Exception {
        GoalFixture<Check> fixture = fixture("package");
        writeProjectOfCodeAsDataAlone();
        DeployMojo deploy = deploy(fixture);
        deploy.deployUrl = URL;
        fixture.goal.running.add(deploy);

        fixture.goal.execute();

        assertThat(fixture.log.lines()).anyMatch(line -> line.startsWith("Skipping deploy: "));
    }

    private void writeProjectOfCodeAsDataAlone() throws IOException {
        Files.writeString(project.resolve("package.json"), "{\"name\": \"shop\", \"version\": \"1.0.0\"}");
    }
}
