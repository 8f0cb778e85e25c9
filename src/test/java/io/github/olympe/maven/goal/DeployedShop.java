package io.github.olympe.maven.goal;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A shop with the environments {@code codev} and {@code production}, whose deployments are recorded in a registry. */
final class DeployedShop implements AutoCloseable {

    final EmbeddedRegistry registry = EmbeddedRegistry.start();
    final EmbeddedWebhook codev = EmbeddedWebhook.start();
    final EmbeddedWebhook production = EmbeddedWebhook.start();
    String token = "t0ken-of-the-webhook";
    String registryPassword = "";
    private final Path folder;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    DeployedShop(Path folder) {
        this.folder = folder;
    }

    /** Pushes a frontend with one file. */
    String frontend(String tag, String content) {
        TestImage.create()
                .file("usr/share/nginx/html/index.html", 0, 0, 0644, content)
                .pushTo(registry.host(), "acme/shop-frontend", tag);
        return registry.host() + "/acme/shop-frontend:" + tag;
    }

    /** Pushes code as data with one brick. */
    String codeAsData(String tag, String brick) {
        String patch = "{\"operations\":[{\"o\":1,\"t\":\"0a01\",\"p\":{\"ff023000000000000011\":\"" + brick
                + "\"}}],\"optionalOperations\":[],\"rootTag\":\"0a01\"}";
        TestImage.create()
                .file("root/patches/acme.shop/0a01.newInst.json", 0, 0, 0644, patch)
                .file("root/patches/version.json", 0, 0, 0644, "{}")
                .pushTo(registry.host(), "acme/shop-codeasdata", tag);
        return registry.host() + "/acme/shop-codeasdata:" + tag;
    }

    void deploy(String environment, String frontend) throws Exception {
        deployment(environment, frontend).goal.execute();
    }

    void deploy(String environment, String frontend, String codeAsData) throws Exception {
        GoalFixture<DeployMojo> deploy = deployment(environment, frontend);
        deploy.goal.codeAsDataImage = codeAsData;
        deploy.goal.codeAsDataDeploy = "true";
        deploy.goal.execute();
    }

    GoalFixture<DeployMojo> deployment(String environment, String frontend) {
        GoalFixture<DeployMojo> deploy = goal(new DeployMojo(), environment);
        deploy.goal.lifecycle = PlannedGoals.of(Map.of());
        deploy.goal.session.setAllProjects(List.of());
        deploy.goal.frontendImage = frontend;
        return deploy;
    }

    <T extends RegistryMojo<?>> GoalFixture<T> goal(T goal, String environment) {
        GoalFixture<T> fixture = new GoalFixture<>(goal, folder, "olympe:goal");
        fixture.goal.registry = registry.host() + "/acme";
        fixture.goal.environments = List.of(
                GoalFixture.environment("codev", codev.url()), GoalFixture.environment("production", production.url()));
        fixture.goal.environment = environment;
        if (goal instanceof WebhookMojo<?> webhook) {
            webhook.clock = () -> now = now.plus(Duration.ofHours(1));
            webhook.deployServerId = "it-deploy";
        }
        fixture.goal.registryServerId = "it-registry";
        fixture.addServer("it-deploy", token);
        fixture.addServer("it-registry", "ci", registryPassword);
        return fixture;
    }

    GoalFixture<RollbackMojo> rollback(String environment) {
        return goal(new RollbackMojo(), environment);
    }

    GoalFixture<PromoteMojo> promote() {
        GoalFixture<PromoteMojo> fixture = goal(new PromoteMojo(), "production");
        fixture.goal.promoteFrom = "codev";
        return fixture;
    }

    @Override
    public void close() {
        registry.close();
        codev.close();
        production.close();
    }
}
