package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RecordId;
import io.github.olympe.maven.release.await.AwaitClock;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frontend is an image of a registry; the environment serves what the test says. No pause takes time. */
@Timeout(60)
class AwaitMojoTest {

    private static final String HTML = "usr/share/nginx/html/";

    @TempDir
    Path project;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final EmbeddedWebhook environment = EmbeddedWebhook.start();
    private final EmbeddedWebhook webhook = EmbeddedWebhook.start();
    private String image;
    private GoalFixture<AwaitMojo> fixture;

    @BeforeEach
    void pushFrontend() {
        TestImage.create()
                .file(HTML + "index.html", 0, 0, 0644, "<html>")
                .file(HTML + "main.js", 0, 0, 0644, "console.log(2)")
                .pushTo(registry.host(), "acme/shop-frontend", "main-2");
        image = registry.host() + "/acme/shop-frontend:main-2";
        fixture = new GoalFixture<>(new AwaitMojo(), project, "deploy");
        fixture.goal.project.setArtifactId("shop");
        fixture.goal.session.setAllProjects(List.of());
        fixture.goal.lifecycle = PlannedGoals.of(Map.of());
        fixture.goal.clock = new NoPauses();
        fixture.goal.environments = List.of(GoalFixture.environment("production", webhook.url()));
        fixture.goal.environment = "production";
        fixture.goal.awaitUrl = environment.url("/");
    }

    @AfterEach
    void stop() {
        registry.close();
        environment.close();
        webhook.close();
    }

    private static final class NoPauses implements AwaitClock {

        private Duration now = Duration.ZERO;

        @Override
        public Duration elapsed() {
            return now;
        }

        @Override
        public void pause(Duration pause) {
            now = now.plus(pause);
        }
    }

    private void writeDeployment(String payload, int status) throws IOException {
        Path folder = Files.createDirectories(project.resolve("target/olympe/deploy"));
        Files.writeString(folder.resolve("payload.json"), payload);
        Files.writeString(folder.resolve("response.json"), "{\"status\": " + status + "}");
    }

    private String payload() {
        return "{\"frontend\": {\"image\": \"" + image + "\"}}";
    }

    @Test
    void waitsForAFileOfTheImageInTheRegistry() throws Exception {
        writeDeployment(payload(), 200);
        environment.answer(503, "").answer(200, "<old>").answer(200, "<html>");

        fixture.goal.execute();

        assertThat(environment.requests())
                .hasSize(3)
                .allMatch(request -> request.path().equals("/index.html"));
        assertThat(fixture.log.lines())
                .last()
                .isEqualTo("'" + environment.url("/") + "' serves the frontend just deployed, after 2 s.");
    }

    @Test
    void endsWithOneSentence() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.awaitTimeout = 30;
        fixture.goal.awaitFile = "/main.js";

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("'" + environment.url("/main.js")
                        + "' did not change to the new frontend within 30 s (olympe.await.timeout): it serves something"
                        + " else. Look at the instance's deployment, or raise the time.");
    }

    @Test
    void aFileThatTheFrontendDoesNotHaveIsAnError() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.awaitFile = "missing.js";

        assertThatThrownBy(fixture.goal::execute)
                .hasMessage(
                        "Invalid value for 'awaitFile' (olympe.await.file): 'missing.js'. The frontend's image has no such file"
                                + " of at most 256 KiB. Write the path of one, such as 'index.html'.");
    }

    @Test
    void theEnvironmentsUrlWins() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.environments.get(0).awaitUrl = environment.url("/app");
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(environment.requests())
                .singleElement()
                .matches(request -> request.path().equals("/app/index.html"));
    }

    @Test
    void doesNothingWithoutAUrl() throws Exception {
        fixture.goal.awaitUrl = null;
        fixture.goal.environment = "unknown";

        fixture.goal.execute();

        assertThat(fixture.log.lines()).isEmpty();
    }

    @Test
    void calledByNameItNeedsAUrl() {
        fixture.goal.awaitUrl = null;
        fixture.goal.mojoExecution = new MojoExecution(
                fixture.goal.mojoExecution.getMojoDescriptor(), "default-cli", MojoExecution.Source.CLI);

        assertThatThrownBy(fixture.goal::execute)
                .hasMessage(
                        "Missing parameter 'awaitUrl' (olympe.await.url). Set it to the URL where the environment serves its"
                                + " frontend.");
    }

    @Test
    void doesNotWaitForWhatIsNotDeployed() throws Exception {
        fixture.goal.execute();
        assertThat(fixture.log.lines()).last().asString().startsWith("Skipping await: nothing was deployed");

        writeDeployment(payload(), 500);
        fixture.goal.execute();
        assertThat(fixture.log.lines()).last().asString().startsWith("Skipping await: nothing was deployed");

        writeDeployment("{\"backends\": {\"images\": []}}", 200);
        fixture.goal.execute();
        assertThat(fixture.log.lines()).last().asString().startsWith("Skipping await: the deployment has no frontend");

        fixture.goal.environment = null;
        fixture.goal.branch = "feature/x";
        fixture.goal.environments.get(0).branch = "main";
        fixture.goal.execute();
        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("Skipping await: the branch 'feature/x' matches no environment");
        assertThat(environment.requests()).isEmpty();
    }

    @Test
    void aDryRunRequestsNothing() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.dryRun = true;

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .containsExactly(
                        "Awaiting " + environment.url("/")
                                + " for at most 600 s, until it serves the frontend that is deployed.",
                        "Dry run: the environment was not asked (olympe.dryRun).");
        assertThat(environment.requests()).isEmpty();
    }

    private void deploy(String lookedAt) throws Exception {
        GoalFixture<DeployMojo> deploy = deployMojo();
        environment.answer(200, "<html>").answer(200, lookedAt);
        deploy.goal.execute();
        assertThat(webhook.requests()).hasSize(1);
        assertThat(environment.requests()).hasSize(2);
    }

    private GoalFixture<DeployMojo> deployMojo() throws Exception {
        GoalFixture<DeployMojo> deploy = new GoalFixture<>(new DeployMojo(), project, "deploy").inBuildOf(fixture);
        deploy.goal.lifecycle = fixture.goal.lifecycle;
        deploy.goal.environments = fixture.goal.environments;
        deploy.goal.environment = "production";
        deploy.goal.awaitUrl = fixture.goal.awaitUrl;
        deploy.goal.frontendImage = image;
        deploy.goal.deployServerId = "it-deploy";
        deploy.addServer("it-deploy", "t0ken");
        return deploy;
    }

    @Test
    void theDeploymentFirstLooksAtWhatIsServed() throws Exception {
        deploy("console.log(1)");
        environment.answer(200, "console.log(1)").answer(200, "console.log(2)");

        fixture.goal.execute();

        assertThat(environment.requests().subList(2, 4))
                .allMatch(request -> request.path().equals("/main.js"));
        assertThat(fixture.log.lines()).last().asString().endsWith("serves the frontend just deployed, after 1 s.");
    }

    /** Both frontends have the same index.html, which the environment does not serve while it is down. */
    @ParameterizedTest
    @ValueSource(ints = {503, 404, 200})
    void aFileThatTheFrontendBeforeHasTooIsNotWaitedFor(int status) throws Exception {
        fixture.goal.registry = registry.host() + "/acme";
        record(pushFrontend("main-1", "console.log(1)"), 10);
        image = pushFrontend("main-2", "console.log(2)");
        GoalFixture<DeployMojo> deploy = deployMojo();
        environment.answer(status, "under maintenance");
        deploy.goal.execute();
        record(image, 20);
        environment.answer(200, "console.log(1)").answer(200, "console.log(2)");

        fixture.goal.execute();

        assertThat(environment.requests())
                .last()
                .matches(request -> request.path().equals("/main.js"));
        assertThat(fixture.log.lines()).last().asString().endsWith("serves the frontend just deployed, after 1 s.");
    }

    @Test
    void saysThatItCannotDistinguishAnUnchangedFrontend() throws Exception {
        deploy("console.log(2)");

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .last()
                .isEqualTo(
                        "WARN Cannot tell whether '" + environment.url("/")
                                + "' serves the frontend just deployed: none of its small files differs from what was served before.");
        assertThat(environment.requests()).hasSize(2);
    }

    private String pushFrontend(String tag, String main) {
        TestImage.create()
                .file(HTML + "index.html", 0, 0, 0644, "<html>")
                .layer()
                .file(HTML + "main.js", 0, 0, 0644, main)
                .pushTo(registry.host(), "acme/shop-frontend", tag);
        return registry.host() + "/acme/shop-frontend:" + tag;
    }

    private void record(String frontend, int second) {
        try (Registries registries = fixture.goal.registries(fixture.goal.context())) {
            RecordId id = RecordId.of("production-202611261200" + second + "-1a2b3c4d");
            new Ledger(registries, fixture.goal.ledgerLocation().orElseThrow(), fixture.log::warn)
                    .append(new DeploymentRecord(
                            DeploymentRecord.VERSION,
                            id,
                            "production",
                            DeploymentRecord.Outcome.ACCEPTED,
                            DeploymentRecord.Action.DEPLOY,
                            null,
                            webhook.url(),
                            Json.object(),
                            List.of(new DeployedImage(
                                    DeployedImage.Kind.FRONTEND,
                                    "frontend",
                                    frontend,
                                    new Digest(registry.digest(
                                            "acme/shop-frontend", frontend.substring(frontend.lastIndexOf(':') + 1))))),
                            new DeploymentRecord.Source("git", "main", null, null, null, null),
                            "jane",
                            "0.1.0",
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
    }

    private DeploymentRecord current() {
        try (Registries registries = fixture.goal.registries(fixture.goal.context())) {
            return new Ledger(registries, fixture.goal.ledgerLocation().orElseThrow(), fixture.log::warn)
                    .current("production")
                    .orElseThrow();
        }
    }

    @Test
    void namesTheRecordThatIsStillServedAndRecordsTheResult() throws Exception {
        fixture.goal.registry = registry.host() + "/acme";
        record(pushFrontend("main-1", "console.log(1)"), 10);
        image = pushFrontend("main-2", "console.log(2)");
        record(image, 20);
        writeDeployment(payload(), 200);
        for (int i = 0; i < 20; i++) {
            environment.answer(200, "console.log(1)");
        }
        fixture.goal.awaitTimeout = 30;

        assertThatThrownBy(fixture.goal::execute)
                .hasMessageContaining("it still serves the record 'production-20261126120010-1a2b3c4d'.");

        assertThat(environment.requests()).allMatch(request -> request.path().equals("/main.js"));
        assertThat(current().awaited().runs()).isFalse();
        assertThat(current().awaited().found()).contains("it still serves the record");
    }

    @Test
    void calledByNameItWaitsOnAnyBranch() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.environment = null;
        fixture.goal.branch = "feature/x";
        fixture.goal.environments.get(0).branch = "main";
        fixture.goal.mojoExecution = new MojoExecution(
                fixture.goal.mojoExecution.getMojoDescriptor(), "default-cli", MojoExecution.Source.CLI);
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(fixture.log.lines()).last().asString().contains("serves the frontend just deployed");
    }

    @Test
    void offlineItReadsAnImageFromARegistryOnThisMachine() throws Exception {
        writeDeployment(payload(), 200);
        fixture.goal.session.getRequest().setOffline(true);
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(fixture.log.lines()).last().asString().contains("serves the frontend just deployed");
    }

    @Test
    void anImageThatWasNotPushedWasNotDeployed() throws Exception {
        writeDeployment(payload(), 200);
        Files.writeString(project.resolve("target/olympe/images.json"), """
                {"version": 1, "images": [
                {"kind": "frontend", "name": "frontend", "repository": "%1$s/acme/shop-frontend",
                 "reference": "%1$s/acme/shop-frontend:main-2", "tags": ["main-2"], "digest": "%2$s", "imageId": "%2$s",
                 "baseImage": "b:1", "pushed": false, "layers": []}]}
                """.formatted(
                        registry.host(), Digest.of("another build")));
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(fixture.log.lines()).last().asString().contains("serves the frontend just deployed");
    }

    @Test
    void recordsThatTheDeploymentRuns() throws Exception {
        fixture.goal.registry = registry.host() + "/acme";
        record(image, 20);
        writeDeployment(payload(), 200);
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(current().awaited().runs()).isTrue();
    }

    @Test
    void worksIfTheRecordsRepositoryCannotHaveThisName() throws Exception {
        fixture.goal.registry = registry.host() + "/acme";
        fixture.goal.imageName = "MyShop";
        writeDeployment(payload(), 200);
        environment.answer(200, "<html>");

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line -> line.startsWith(
                        "WARN It is not known what was deployed before. Invalid value for 'imageName' "))
                .last()
                .asString()
                .contains("serves the frontend just deployed");
    }

    @Test
    void worksIfTheRecordsCannotBeRead() throws Exception {
        fixture.goal.registry = registry.host() + "/acme";
        writeDeployment(payload(), 200);
        environment.answer(200, "<html>");
        registry.intercept(request -> request.path().endsWith("/tags/list")
                ? Optional.of(new EmbeddedRegistry.Answer(403, Map.of(), ""))
                : Optional.empty());

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line -> line.startsWith("WARN It is not known what was deployed before. The ledger '"))
                .last()
                .asString()
                .contains("serves the frontend just deployed");
    }
}
