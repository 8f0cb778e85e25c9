package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.push.PushPlan;
import io.github.olympe.maven.testing.EmbeddedNpmRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code -o} nothing is sent to another machine, and a missing variable does not make a goal skip its work silently. */
class OfflineTest {

    @TempDir
    Path project;

    private <T extends GoalMojo<?>> GoalFixture<T> offline(T goal) {
        GoalFixture<T> fixture = new GoalFixture<>(goal, project, "deploy");
        fixture.goal.session.getRequest().setOffline(true);
        return fixture;
    }

    private static String message(String goal, String host) {
        return "Cannot " + goal + " to '" + host
                + "' because Maven is offline (-o). Leave out -o, or end the build before that with 'mvn -o package'.";
    }

    @Test
    void deploysNothing() {
        GoalFixture<DeployMojo> fixture = offline(new DeployMojo());
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.invalid:8443/acme"));
        fixture.goal.environment = "production";
        fixture.goal.frontendImage = "registry.example.com/acme/shop-frontend:1";

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(message("deploy", "deploy.invalid"));
    }

    @Test
    void aDryRunShowsWhatItWouldDeploy() {
        GoalFixture<DeployMojo> fixture = offline(new DeployMojo());
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.invalid/acme"));
        fixture.goal.environment = "production";
        fixture.goal.frontendImage = "registry.example.com/acme/shop-frontend:1";
        fixture.goal.dryRun = true;

        assertThatCode(fixture.goal::execute).doesNotThrowAnyException();
    }

    @Test
    void checkSaysThatNothingCanBePushed() {
        GoalFixture<PushMojo> fixture = offline(new PushMojo());
        fixture.goal.registry = "registry.example.com:5000/acme";
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.invalid/acme"));
        fixture.goal.environment = "production";
        GoalContext context = fixture.goal.context().withPlannedImages(List.of(Specs.frontend(project, "acme/base:1")));
        PushPlan plan = fixture.goal.plan(context);

        assertThat(plan.repositories()).isNotEmpty();
        assertThatThrownBy(() -> fixture.goal.rehearse(plan, context))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Cannot push to '")
                .hasMessageContaining("because Maven is offline (-o).");
    }

    /** A built library whose {@code .npmrc} names this registry. */
    private GoalFixture<NpmPublishMojo> library(String npmrc) throws IOException {
        String packageJson = "{\"name\": \"@acme/bricks\", \"version\": \"1.0.0\", \"codeAsData\": \"codeAsData\"}";
        Files.writeString(project.resolve("package.json"), packageJson);
        Files.createDirectories(project.resolve("dist/codeAsData"));
        Files.writeString(project.resolve("dist/package.json"), packageJson);
        Files.writeString(project.resolve(".npmrc"), npmrc);
        GoalFixture<NpmPublishMojo> fixture = offline(new NpmPublishMojo());
        // The npm settings of this machine do not matter for the test.
        fixture.goal.environmentVariables = Map.of(
                "npm_config_registry", "",
                "npm_config_userconfig", project.resolve("none").toString(),
                "npm_config_globalconfig", project.resolve("none-global").toString());
        return fixture;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@acme:registry=https://npm.example.com:8443/x/ | npm.example.com",
                "registry=http://npm.example.com | npm.example.com",
                "registry=http://127.0.0.1:1/;@acme:registry=http://npm.example.com | npm.example.com",
                "@other:registry=http://127.0.0.1:1/ | registry.npmjs.org"
            })
    void noLibraryIsPublished(String npmrc, String host) throws IOException {
        GoalFixture<NpmPublishMojo> fixture = library(npmrc.replace(';', '\n'));

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(message("publish", host));
        assertThatThrownBy(() -> fixture.goal.check(fixture.goal.context(), true))
                .hasMessage(message("publish", host));
        fixture.goal.dryRun = true;
        assertThatCode(fixture.goal::execute).doesNotThrowAnyException();
    }

    @Test
    void publishesALibraryOnThisMachine() throws Exception {
        try (EmbeddedNpmRegistry registry = EmbeddedNpmRegistry.start("t0ken")) {
            GoalFixture<NpmPublishMojo> fixture = library("@acme:registry=" + registry.url() + "\n"
                    + registry.url().replace("http:", "") + ":_authToken=t0ken\n");

            fixture.goal.check(fixture.goal.context(), true);
            fixture.goal.execute();

            assertThat(registry.versions("@acme/bricks")).containsExactly("1.0.0");
        }
    }

    @Test
    void checkSaysThatNoSnapshotCanBePushed() throws IOException {
        Files.writeString(project.resolve("package.json"), "{\"name\": \"shop\"}");
        Files.createDirectories(project.resolve("res"));
        Files.writeString(project.resolve("res/snapshot-config.json"), """
                {"snapshooter": {"name": "Shop", "rootTags": ["10000000000000000000"]},
                 "git": {"repo": "https://git.example.com/acme/shop.git"}}
                """);
        GoalFixture<SnapshotMojo> fixture = offline(new SnapshotMojo());
        fixture.goal.orchestratorHost = "draw.example.com";
        fixture.goal.orchestratorServerId = "draw";
        fixture.addServer("draw", "nightly", "dr4wn");

        assertThatThrownBy(() -> fixture.goal.check(fixture.goal.context(), true))
                .hasMessage(message("push", "git.example.com"));
        assertThatThrownBy(fixture.goal::execute).hasMessage(message("push", "git.example.com"));
        fixture.goal.dryRun = true;
        assertThatCode(() -> fixture.goal.check(fixture.goal.context(), true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:5000", "[::1]:5000"})
    void thisMachineIsStillReached(String host) {
        GoalContext context = offline(new PushMojo()).goal.context();

        assertThatCode(() -> context.requireOnline("push", host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registry.example.com", "registry.example.com:443", "10.0.0.1:5000", "localhost.example.com"})
    void otherMachinesAreNot(String host) {
        GoalContext context = offline(new PushMojo()).goal.context();

        assertThatThrownBy(() -> context.requireOnline("push", host))
                .isInstanceOf(OlympeException.class)
                .hasMessage(message("push", host));
        context.session().getRequest().setOffline(false);
        assertThatCode(() -> context.requireOnline("push", host)).doesNotThrowAnyException();
    }

    @Test
    void aMissingVariableDoesNotPublishALibraryElsewhere() throws IOException {
        GoalFixture<NpmPublishMojo> fixture = library("");
        fixture.goal.session.getRequest().setOffline(false);
        fixture.goal.project.getProperties().setProperty("olympe.npmRegistry", "${env.OLYMPE_TEST_NOT_SET}");

        String message = "Invalid value for 'npmRegistry' (olympe.npmRegistry): '${env.OLYMPE_TEST_NOT_SET}'. The"
                + " environment variable 'OLYMPE_TEST_NOT_SET' is not set, or is empty. Set it, or leave the parameter out.";
        assertThatThrownBy(() -> fixture.goal.check(fixture.goal.context(), true))
                .hasMessage(message);
        assertThatThrownBy(fixture.goal::execute).hasMessage(message);
    }

    @Test
    void aMissingVariableDoesNotSkipASnapshot() {
        GoalFixture<SnapshotMojo> fixture = new GoalFixture<>(new SnapshotMojo(), project, "olympe:snapshot");
        fixture.goal.project.getProperties().setProperty("olympe.orchestrator.host", "${env.OLYMPE_TEST_NOT_SET}");

        String message =
                "Invalid value for 'orchestratorHost' (olympe.orchestrator.host): '${env.OLYMPE_TEST_NOT_SET}'. The"
                        + " environment variable 'OLYMPE_TEST_NOT_SET' is not set, or is empty. Set it, or leave the parameter out.";
        assertThatThrownBy(() -> fixture.goal.check(fixture.goal.context(), true))
                .hasMessage(message);
        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(message);
    }
}
