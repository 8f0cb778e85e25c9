package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.olympe.maven.release.await.AwaitClock;
import io.github.olympe.maven.testing.EchoingServer;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.SecretMarks;
import io.github.olympe.maven.text.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the goals that come after a deployment, with servers that work and with servers that refuse and repeat all that they received. No
 * secret may be in a log, an exception, a file, or the registry.
 */
@Timeout(120)
class ReleaseSecretsTest {

    @TempDir
    Path folder;

    private final SecretMarks marks = new SecretMarks();
    private final EmbeddedWebhook site = EmbeddedWebhook.start();
    private final StringBuilder shown = new StringBuilder();
    private DeployedShop shop;

    @BeforeEach
    void deploy() throws Exception {
        shop = new DeployedShop(folder);
        shop.token = marks.get("deploy");
        shop.registryPassword = marks.get("registry");
        String first = shop.frontend("main-1", "1");
        String second = shop.frontend("main-2", "2");
        shop.registry.requireBasic("ci", marks.get("registry"));
        for (String environment : List.of("codev", "production")) {
            run(shop.deployment(environment, first));
            run(shop.deployment(environment, second));
        }
    }

    @AfterEach
    void stop() {
        shop.close();
        site.close();
    }

    private void configure(GoalFixture<? extends RegistryMojo<?>> fixture) {
        fixture.addServer("it-await", marks.get("await"));
        if (fixture.goal instanceof AwaitedMojo<?> awaited) {
            awaited.awaitUrl = site.url("/");
            awaited.awaitServerId = "it-await";
        }
        if (fixture.goal instanceof WebhookMojo<?> webhook) {
            webhook.payload = Json.object()
                    .set("more", Json.object().put("key", marks.get("deploy")))
                    .toString();
            webhook.allowUnknownPayloadKeys = true;
        }
        if (fixture.goal instanceof AwaitMojo await) {
            await.lifecycle = PlannedGoals.of(Map.of());
            await.session.setAllProjects(List.of());
            await.clock = new NoPauses();
        }
    }

    private void run(GoalFixture<? extends RegistryMojo<?>> fixture) throws Exception {
        configure(fixture);
        fixture.goal.execute();
        fixture.log.lines().forEach(line -> shown.append(line).append('\n'));
    }

    private void fails(GoalFixture<? extends RegistryMojo<?>> fixture) {
        Throwable failure = catchThrowable(() -> run(fixture));
        assertThat(failure).as(fixture.log.lines().toString()).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        shown.append(trace);
        fixture.log.lines().forEach(line -> shown.append(line).append('\n'));
    }

    private List<GoalFixture<? extends RegistryMojo<?>>> goals() {
        List<GoalFixture<? extends RegistryMojo<?>>> goals = new ArrayList<>();
        goals.add(shop.goal(new HistoryMojo(), null));
        goals.add(shop.rollback("production"));
        goals.add(shop.promote());
        return goals;
    }

    private void assertNothingIsShown() {
        assertThat(marks.in(shown.toString())).isEmpty();
        assertThat(marks.in(folder, file -> true)).isEmpty();
        assertThat(marks.in(shop.registry.folder(), file -> true)).isEmpty();
    }

    @Test
    void successfulGoalsShowNoSecret() throws Exception {
        for (GoalFixture<? extends RegistryMojo<?>> goal : goals()) {
            run(goal);
        }
        site.answer(200, "2");
        run(shop.goal(new AwaitMojo(), "production"));

        assertThat(shop.production.requests()).hasSize(4).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + marks.get("deploy"));
            assertThat(Json.parse(request.body()).path("more").path("key").asText())
                    .isEqualTo(marks.get("deploy"));
        });
        assertThat(site.requests())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.header("Authorization")).isEqualTo("Bearer " + marks.get("await")));
        assertNothingIsShown();
    }

    @Test
    void goalsThatTheWebhookRefusesShowNoSecret() {
        for (int status : List.of(401, 500)) {
            try (EchoingServer refusing = EchoingServer.answering(status)) {
                for (GoalFixture<? extends RegistryMojo<?>> goal : goals().subList(1, 3)) {
                    goal.goal.environments.get(1).url = refusing.url();
                    if (goal.goal instanceof RollbackMojo rollback) {
                        // The answer to the last deployment may still be missing.
                        rollback.rollbackTo = shop.registry.tags("acme/shop-deployments").stream()
                                .filter(tag -> tag.matches("production-\\d+-[0-9a-f]{8}"))
                                .sorted()
                                .findFirst()
                                .orElseThrow();
                    }
                    fails(goal);
                }
                assertThat(refusing.credentials()).hasSize(2).allMatch(sent -> sent.contains(marks.get("deploy")));
            }
        }
        assertNothingIsShown();
    }

    @Test
    void goalsThatTheRegistryRefusesShowNoSecret() {
        for (int status : List.of(401, 403)) {
            try (EchoingServer refusing = EchoingServer.answering(status)) {
                for (GoalFixture<? extends RegistryMojo<?>> goal : goals()) {
                    goal.goal.registry = refusing.authority() + "/acme";
                    fails(goal);
                }
                assertThat(refusing.credentials())
                        .hasSizeGreaterThanOrEqualTo(3)
                        .containsOnly("Basic " + base64("ci:" + marks.get("registry")));
            }
        }
        assertNothingIsShown();
    }

    @Test
    void anEnvironmentThatRefusesShowsNoSecret() {
        try (EchoingServer refusing = EchoingServer.answering(401)) {
            GoalFixture<AwaitMojo> await = shop.goal(new AwaitMojo(), "production");
            await.goal.environments.get(1).awaitUrl = refusing.url();
            fails(await);
            assertThat(refusing.credentials()).isNotEmpty().allMatch(sent -> sent.contains(marks.get("await")));
        }
        assertThat(shown).contains("answers with an error (HTTP status 401)");
        assertNothingIsShown();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
}
