package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.goal.log.MaskedFailure;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output of a script, a server or a registry cannot command the CI system that reads the log. */
class ForeignOutputTest {

    /** As it would stand in JSON. */
    private static final String COMMANDS =
            "##vso[task.setvariable variable=a]b ##[add-mask]c \\u001b[2J \\r\\n::set-env name=d::e";

    @TempDir
    Path project;

    private static void assertHarmless(String text) {
        assertThat(text).contains("# #vso[task.setvariable").doesNotContain("##", "\u001b", "\r");
        assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("::"));
    }

    @Test
    void aBuildScriptCannotCommandTheCi() throws Exception {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"version\": \"1.0.0\", \"scripts\": {\"build:draw\": \"node evil.js\"}}");
        Files.writeString(project.resolve("evil.js"), """
                console.log("%s");
                console.log("\\x1b[31m::stop-commands::x\\x1b[0m");
                require('node:fs').cpSync('evil.js', 'dist/web/index.html');
                """.formatted(COMMANDS));
        GoalFixture<BuildFrontendMojo> fixture = new GoalFixture<>(new BuildFrontendMojo(), project, "process-classes");

        fixture.goal.execute();

        assertHarmless(String.join("\n", fixture.log.lines()));
    }

    @Test
    void theWebhookCannotCommandTheCi() throws IOException {
        ShopProject.writeTo(project);
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            webhook.answer(403, "{\"message\": \"" + COMMANDS + "\"}");
            GoalFixture<DeployMojo> fixture = new GoalFixture<>(new DeployMojo(), project, "olympe:deploy");
            fixture.goal.lifecycle = PlannedGoals.of(Map.of());
            fixture.addServer("hook", "a-token-of-the-webhook");
            fixture.set("deployServerId", "hook");
            fixture.goal.environments = List.of(GoalFixture.environment("production", webhook.url()));
            fixture.goal.environment = "production";
            fixture.set("frontendImage", "registry.example.com/acme/shop-frontend:1");

            assertThatThrownBy(fixture.goal::execute)
                    .isInstanceOf(MojoExecutionException.class)
                    .satisfies(failure -> assertHarmless(failure.getMessage()));
        }
    }

    @Test
    void aRegistryCannotCommandTheCi() throws IOException {
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"version\": \"1.0.0\", \"scripts\": {\"build:draw\": \"node build.js\"}}");
        Files.createDirectories(project.resolve("dist/web"));
        Files.writeString(project.resolve("dist/web/index.html"), "<!DOCTYPE html>");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            registry.intercept(request -> Optional.of(new EmbeddedRegistry.Answer(
                    403,
                    Map.of("Content-Type", "application/json"),
                    "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"" + COMMANDS + "\"}]}")));
            GoalFixture<ImageMojo> fixture = new GoalFixture<>(new ImageMojo(), project, "olympe:image");
            fixture.goal.lifecycle = PlannedGoals.of(Map.of());
            fixture.goal.frontend = new Frontend();
            fixture.goal.codeAsData = new CodeAsData();
            fixture.goal.codeAsData.skip = true;
            fixture.goal.frontend.baseImage = registry.host() + "/acme/base:1";

            assertThatThrownBy(fixture.goal::execute)
                    .isInstanceOf(MojoExecutionException.class)
                    .satisfies(failure -> assertHarmless(failure.getMessage()));
        }
    }

    @Test
    void anUnforeseenFailureCannotCommandTheCi() {
        MojoExecutionException failure = MaskedFailure.of(
                new IllegalStateException("##vso[task.setvariable variable=a]b", new IOException("##[error]x")),
                new SecretMask());

        assertHarmless(failure.getMessage());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            assertHarmless(cause.toString());
        }
        assertThat(MaskedFailure.showsTooMuch(new IOException("##vso[a]"), new SecretMask()))
                .isTrue();
        assertThat(MaskedFailure.showsTooMuch(new IOException("a"), new SecretMask()))
                .isFalse();
    }
}
