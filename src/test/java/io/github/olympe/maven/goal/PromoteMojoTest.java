package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was deployed to codev is promoted to production, which has a webhook and a payload of its own. */
@Timeout(90)
class PromoteMojoTest {

    private static final String OTHER = "{\"noDowntime\": {\"promotionMode\": \"manual\"}}";

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final EmbeddedRegistry other = EmbeddedRegistry.start();
    private final EmbeddedWebhook codev = EmbeddedWebhook.start();
    private final EmbeddedWebhook production = EmbeddedWebhook.start();
    private String tag = "main-1";
    private String digest;

    @BeforeEach
    void deployToCodev() throws Exception {
        digest = push("1");
        deploy();
    }

    @AfterEach
    void stop() {
        registry.close();
        other.close();
        codev.close();
        production.close();
    }

    private String push(String content) {
        String pushed = TestImage.create()
                .file("usr/share/nginx/html/index.html", 0, 0, 0644, content)
                .pushTo(registry.host(), "acme/shop-frontend", tag);
        return pushed.substring(pushed.indexOf("sha256:"));
    }

    private void deploy() throws Exception {
        GoalFixture<DeployMojo> deploy = goal(new DeployMojo(), "codev");
        deploy.goal.lifecycle = PlannedGoals.of(Map.of());
        deploy.goal.session.setAllProjects(List.of());
        deploy.goal.frontendImage = registry.host() + "/acme/shop-frontend:" + tag;
        deploy.goal.execute();
    }

    private <T extends WebhookMojo<?>> GoalFixture<T> goal(T goal, String environment) {
        GoalFixture<T> fixture = new GoalFixture<>(goal, folder, "olympe:promote");
        fixture.goal.registry = registry.host() + "/acme";
        fixture.goal.environments = List.of(
                GoalFixture.environment("codev", codev.url()), GoalFixture.environment("production", production.url()));
        fixture.goal.environments.get(1).payload = OTHER;
        fixture.goal.environment = environment;
        fixture.goal.deployServerId = "it-deploy";
        fixture.addServer("it-deploy", "t0ken");
        return fixture;
    }

    private GoalFixture<PromoteMojo> promote() {
        GoalFixture<PromoteMojo> fixture = goal(new PromoteMojo(), "production");
        fixture.goal.promoteFrom = "codev";
        return fixture;
    }

    private JsonNode sent() throws Exception {
        assertThat(production.requests()).hasSize(1);
        return new ObjectMapper().readTree(production.requests().get(0).body());
    }

    @Test
    void deploysTheSameImageWithTheTargetEnvironmentsPayload() throws Exception {
        GoalFixture<PromoteMojo> fixture = promote();

        fixture.goal.execute();

        assertThat(sent().path("frontend").path("image").asText())
                .isEqualTo(registry.host() + "/acme/shop-frontend:main-1");
        assertThat(sent().path("noDowntime").path("promotionMode").asText()).isEqualTo("manual");
        assertThat(production.requests().get(0).header("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(fixture.log.lines().get(0))
                .isEqualTo("Promoting what the environment 'codev' runs to 'production'.");
        assertThat(fixture.log.lines().get(1)).matches("It runs the record codev-\\d{14}-[0-9a-f]{8}, main-1\\.");
        assertThat(registry.tags("acme/shop-deployments"))
                .anyMatch(Pattern.compile("production-\\d{14}-[0-9a-f]{8}").asMatchPredicate());
        assertThat(codev.requests()).hasSize(1);
    }

    @Test
    void usesTheRecordedImageEvenIfItsTagHasMoved() throws Exception {
        push("2");

        promote().goal.execute();

        String hex = digest.substring("sha256:".length(), "sha256:".length() + 12);
        String image = sent().path("frontend").path("image").asText();
        assertThat(image).startsWith(registry.host() + "/acme/shop-frontend:main-1-");
        assertThat(hex).startsWith(image.substring(image.lastIndexOf('-') + 1));
    }

    @Test
    void copiesTheImageToTheEnvironmentsRegistry() throws Exception {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.environments.get(1).registry = other.host() + "/production/";

        fixture.goal.execute();

        assertThat(sent().path("frontend").path("image").asText())
                .isEqualTo(other.host() + "/production/shop-frontend:main-1");
        assertThat(other.tags("production/shop-frontend")).containsExactly("main-1");
    }

    @Test
    void aDryRunShowsEverythingAndSendsNothing() throws Exception {
        GoalFixture<DeployMojo> before = goal(new DeployMojo(), "production");
        before.goal.lifecycle = PlannedGoals.of(Map.of());
        before.goal.session.setAllProjects(List.of());
        before.goal.frontendImage = registry.host() + "/acme/shop-frontend:" + tag;
        before.goal.execute();
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.environments.get(1).registry = other.host() + "/production";
        fixture.goal.dryRun = true;
        int tags = registry.tags("acme/shop-deployments").size();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).anyMatch(line -> line.startsWith("Would push '"));
        assertThat(fixture.log.lines())
                .anyMatch(line -> line.matches("Would replace the record production-\\S+, main-1, of .*\\."));
        assertThat(production.requests()).hasSize(1);
        assertThat(other.repositories()).isEmpty();
        assertThat(registry.tags("acme/shop-deployments")).hasSize(tags);
    }

    @Test
    void findsAMistakeInTheEnvironmentBeforeCopying() {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.environments.get(1).registry = other.host() + "/production";
        fixture.goal.environments.get(1).url = "production";

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("'environments.production.url'");
        assertThat(other.repositories()).isEmpty();
    }

    @Test
    void findsAMissingTokenBeforeCopying() {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.environments.get(1).registry = other.host() + "/production";
        fixture.goal.deployServerId = null;

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("There is no token for the deploy webhook");
        assertThat(other.repositories()).isEmpty();
    }

    @Test
    void inModeAutoARecordWithoutCodeAsDataIsPromotedWithoutIt() throws Exception {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.codeAsDataDeploy = "auto";

        fixture.goal.execute();

        assertThat(sent().has("codeAsData")).isFalse();
        assertThat(sent().path("frontend").path("image").asText()).endsWith("/acme/shop-frontend:main-1");
    }

    @Test
    void withoutARegistryThereAreNoRecords() {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.registry = null;

        assertThatThrownBy(fixture.goal::execute)
                .hasMessage(
                        "Missing parameter 'registry' (olympe.registry). Set it to the registry that has the records of"
                                + " deployments.");
    }

    @Test
    void withoutALedgerThereAreNoRecords() {
        GoalFixture<PromoteMojo> fixture = promote();
        fixture.goal.ledger = false;

        assertThatThrownBy(fixture.goal::execute)
                .hasMessage("Invalid value for 'ledger' (olympe.ledger): 'false'. This goal needs the records of"
                        + " deployments. Set it to true.");
    }
}
