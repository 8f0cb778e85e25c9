package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.EmbeddedWebhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployMojoTest {

    @TempDir
    Path project;

    private GoalFixture<DeployMojo> fixture() {
        GoalFixture<DeployMojo> fixture = new GoalFixture<>(new DeployMojo(), project, "olympe:deploy");
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.invalid/acme"));
        fixture.goal.environment = "production";
        return fixture;
    }

    @Test
    void codeAsDataAloneIsDeployedOnlyIfAskedFor() throws Exception {
        GoalFixture<DeployMojo> fixture = fixture();
        fixture.goal.codeAsDataImage = "registry.example.com/acme/shop-codeasdata:1";

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("Skipping deploy: there is no image but that of the code as data");
        assertThat(project.resolve("target/olympe/deploy")).doesNotExist();
    }

    @Test
    void noImageAtAllIsAnError() {
        assertThatThrownBy(fixture().goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("The payload has no image");
    }

    @Test
    void saysThatCodeAsDataIsNotDeployedUnlessPushHasSaidIt() throws Exception {
        GoalFixture<DeployMojo> fixture = fixture();
        fixture.goal.dryRun = true;
        fixture.goal.frontendImage = "registry.example.com/acme/shop-frontend:1";
        fixture.goal.codeAsDataImage = "registry.example.com/acme/shop-codeasdata:1";
        GoalFixture<PushMojo> push = push(fixture);
        // The check of a build that deploys and does not push.
        push.goal.check(push.goal.context(), false);

        fixture.goal.execute();
        assertThat(fixture.log.lines()).filteredOn(NOT_DEPLOYED).hasSize(1);

        GoalFixture<DeployMojo> later = fixture();
        later.goal.dryRun = true;
        later.goal.frontendImage = fixture.goal.frontendImage;
        later.goal.codeAsDataImage = fixture.goal.codeAsDataImage;
        push(later).goal.execute();
        later.goal.execute();
        assertThat(later.log.lines())
                .noneMatch(NOT_DEPLOYED)
                .filteredOn(line -> line.contains("'codeasdata' is not pushed"))
                .hasSize(1);
    }

    @Test
    void anInvalidNameForTheRecordsRepositoryIsAWarning() throws Exception {
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            GoalFixture<DeployMojo> fixture = fixture();
            fixture.goal.environments = List.of(GoalFixture.environment("production", webhook.url()));
            fixture.goal.lifecycle = PlannedGoals.of(Map.of());
            fixture.goal.session.setAllProjects(List.of());
            fixture.goal.frontendImage = "registry.example.com/acme/shop-frontend:1";
            fixture.goal.registry = "registry.example.com/acme";
            fixture.goal.imageName = "MyShop";
            fixture.goal.deployServerId = "it-deploy";
            fixture.addServer("it-deploy", "t0ken");

            fixture.goal.execute();

            assertThat(webhook.requests()).hasSize(1);
            assertThat(fixture.log.lines())
                    .filteredOn(line ->
                            line.startsWith("WARN The deployment is not recorded. Invalid value for 'imageName' "))
                    .hasSize(1);
        }
    }

    private static final Predicate<String> NOT_DEPLOYED = line -> line.startsWith("Code as data is not deployed");

    /** A push of the code as data, in the build of a deployment. */
    private GoalFixture<PushMojo> push(GoalFixture<DeployMojo> deployment) throws IOException {
        GoalFixture<PushMojo> push = new GoalFixture<>(new PushMojo(), project).inBuildOf(deployment);
        push.goal.environments = deployment.goal.environments;
        push.goal.environment = "production";
        push.goal.dryRun = true;
        Path olympe = Files.createDirectories(project.resolve("target/olympe"));
        Files.writeString(olympe.resolve("images.json"), """
                {"version": 1, "images": [
                {"kind": "codeAsData", "name": "codeasdata", "repository": "registry.example.com/shop-codeasdata",
                 "reference": "registry.example.com/shop-codeasdata:1", "tags": ["1"], "digest": "%1$s", "imageId": "%1$s",
                 "baseImage": "b:1", "pushed": false, "layers": []}]}
                """.formatted("sha256:" + "0123456789abcdef".repeat(4)));
        return push;
    }
}
