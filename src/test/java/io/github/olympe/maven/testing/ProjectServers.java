package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a project of {@code src/it} is deployed to: a registry with the base images, and a webhook. Started by the project's
 * {@code prebuild.groovy}, stopped by its {@code verify.groovy}.
 */
public record ProjectServers(EmbeddedRegistry registry, EmbeddedWebhook webhook, TestBaseImages base)
        implements AutoCloseable {

    /** The token that the webhook is called with, in the environment of each project. */
    public static final String TOKEN = "project-token";

    /** Starts them, and tells the project of them in its {@code test.properties}. */
    public static ProjectServers start(File project) throws IOException {
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        EmbeddedWebhook webhook = EmbeddedWebhook.start();
        ProjectServers servers = new ProjectServers(registry, webhook, TestBaseImages.pushTo(registry.host()));
        StringBuilder properties = new StringBuilder();
        servers.properties()
                .forEach((name, value) ->
                        properties.append(name).append(" = ").append(value).append('\n'));
        Files.writeString(project.toPath().resolve("test.properties"), properties);
        return servers;
    }

    /** As {@link #start}, with the files of {@link ShopProject} added to the project. */
    public static ProjectServers startForShop(File project) throws IOException {
        ShopProject.writeTo(project.toPath());
        return start(project);
    }

    /** The properties that lead a project here. */
    public Map<String, String> properties() {
        return Map.of(
                "olympe.registry", registry.host() + "/acme",
                "olympe.deploy.url", webhook.url("/acme/production"),
                "olympe.frontend.baseImage", base.frontend(),
                "olympe.backend.baseImage", base.backend(),
                "olympe.codeAsData.baseImage", base.codeAsData());
    }

    /** The log of the project's build. */
    public static String log(File project) throws IOException {
        return Files.readString(Path.of(project.getPath(), "build.log"));
    }

    /** Fails if an image was pushed or the webhook called. */
    public void assertNothingSent() {
        assertThat(registry.repositories()).allMatch(repository -> repository.startsWith("olympeio/"));
        assertThat(webhook.requests()).isEmpty();
    }

    /** Fails unless the frontend of the shop was pushed from the branch {@code main}, and deployed once. */
    public void assertDeployed(File project) throws IOException {
        assertThat(registry.tags("acme/shop-frontend")).containsExactlyInAnyOrder("main-1a2b3c4d", "main", "latest");
        assertThat(webhook.requests()).hasSize(1);
        assertThat(project.toPath().resolve("target/olympe/images.json"))
                .content()
                .contains("\"pushed\" : true");
    }

    @Override
    public void close() {
        webhook.close();
        registry.close();
    }
}
