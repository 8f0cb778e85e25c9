package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With {@code olympe.codeAsData.deploy=auto}, builds from {@code image} to {@code deploy}, one after the other, to one environment. */
@Timeout(120)
class CodeAsDataAutoTest {

    private static final String CODE_AS_DATA = "acme/shop-codeasdata";

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final EmbeddedWebhook webhook = EmbeddedWebhook.start();
    private int builds;
    private boolean hasFrontend = true;

    @BeforeEach
    void writeProject() throws Exception {
        TestImage.create().folder("root/patches", 1000, 1000, 0755).pushTo(registry.host(), "base/data", "1");
        TestImage.create().folder("usr/share/nginx/html", 0, 0, 0755).pushTo(registry.host(), "base/web", "1");
        Files.writeString(
                folder.resolve("package.json"), "{\"name\": \"shop\", \"scripts\": {\"build:draw\": \"webpack\"}}");
        write("dist/web/index.html", "<html>");
        write("dist/codeAsData/version.json", "{}");
        write("dist/codeAsData/shop/0a01.newInst.json", patch("Price"));
    }

    @AfterEach
    void stop() {
        registry.close();
        webhook.close();
    }

    @Test
    void isDeployedWithoutARecordAndTheLogSaysSo() throws Exception {
        RecordingLog log = build();

        assertThat(deployed().has("codeAsData")).isTrue();
        assertThat(log.lines())
                .containsOnlyOnce("No record says for certain which code as data the environment runs; it is deployed"
                        + " (olympe.codeAsData.deploy is auto).");
    }

    @Test
    void isSkippedIfTheEnvironmentHasImportedItAndTheLogSaysSo() throws Exception {
        build();
        List<String> pushed = registry.tags(CODE_AS_DATA);
        write("dist/web/index.html", "<html><body>");
        write("dist/codeAsData/version.json", "{\"built\": \"later\"}"); // no patch

        RecordingLog log = build();

        assertThat(deployed().has("codeAsData")).isFalse();
        assertThat(deployed().path("frontend").path("image").asText()).endsWith(":2");
        assertThat(registry.tags(CODE_AS_DATA)).isEqualTo(pushed).doesNotContain("2");
        assertThat(log.lines())
                .contains("The environment imports nothing.")
                .filteredOn(line -> line.contains("olympe.codeAsData.deploy is auto"))
                .singleElement()
                .asString()
                .contains("imported all of it already");
    }

    @Test
    void withoutAnotherImageNothingIsDeployedIfTheEnvironmentHasImportedIt() throws Exception {
        Files.writeString(folder.resolve("package.json"), "{\"name\": \"shop\"}");
        hasFrontend = false;
        build();
        assertThat(deployed().has("codeAsData")).isTrue();
        int sent = webhook.requests().size();
        builds--; // the same tag, so that the image counts as pushed

        RecordingLog log = build();

        assertThat(webhook.requests()).hasSize(sent);
        assertThat(log.lines())
                .contains("The environment imports nothing.", "Nothing is deployed: there is no other image.");
    }

    @Test
    void isPushedAndDeployedIfTheEnvironmentWillImportSomething() throws Exception {
        build();
        write("dist/codeAsData/shop/0a01.newInst.json", patch("Net price"));

        RecordingLog log = build();

        assertThat(deployed().path("codeAsData").path("image").asText()).endsWith("/" + CODE_AS_DATA + ":2");
        assertThat(registry.tags(CODE_AS_DATA)).contains("2");
        assertThat(log.lines()).contains("  Changed: 'Net price'");
    }

    @Test
    void isRememberedAfterADeploymentWithoutIt() throws Exception {
        build();
        build();
        build();
        assertThat(deployed().has("codeAsData")).isFalse();
        write("dist/codeAsData/shop/0a01.newInst.json", patch("Net price"));

        build();

        assertThat(deployed().has("codeAsData")).isTrue();
    }

    @Test
    void isDeployedAfterADeploymentThatMayHaveBeenAccepted() throws Exception {
        build();
        write("dist/codeAsData/shop/0a01.newInst.json", patch("Net price"));
        webhook.answer(EmbeddedWebhook.Answer.cut());
        assertThatThrownBy(this::build).hasMessageContaining("may be running");
        write("dist/codeAsData/shop/0a01.newInst.json", patch("Price"));

        webhook.answer(200, "{}");
        RecordingLog log = build();

        assertThat(deployed().has("codeAsData")).isTrue();
        assertThat(log.lines()).anyMatch(line -> line.startsWith("No record says for certain which code as data"));
    }

    /** Runs the goals as one build; its images have its number as their tag. */
    private RecordingLog build() throws Exception {
        builds++;
        GoalFixture<ImageMojo> image = new GoalFixture<>(new ImageMojo(), folder, "deploy");
        image.goal.frontendBaseImage = registry.host() + "/base/web:1";
        image.goal.codeAsDataBaseImage = registry.host() + "/base/data:1";
        if (hasFrontend) {
            image.goal.frontend = new Frontend();
            image.goal.frontend.owner = "0:0";
        }
        image.goal.tags = List.of(String.valueOf(builds));
        image.goal.lifecycle = PlannedGoals.of(Map.of());
        image.goal.session.setAllProjects(List.of());
        image.addServer("it-deploy", "t0ken");
        GoalFixture<PushMojo> push = new GoalFixture<>(new PushMojo(), folder).inBuildOf(image);
        push.goal.lifecycle = image.goal.lifecycle;
        GoalFixture<DeployMojo> deploy = new GoalFixture<>(new DeployMojo(), folder).inBuildOf(image);
        deploy.goal.lifecycle = image.goal.lifecycle;
        deploy.goal.deployServerId = "it-deploy";
        for (RegistryMojo<?> goal : List.of(image.goal, push.goal, deploy.goal)) {
            goal.registry = registry.host() + "/acme";
            goal.environments = List.of(GoalFixture.environment("production", webhook.url()));
            goal.environment = "production";
            goal.codeAsDataDeploy = "auto";
            goal.execute();
        }
        return image.log;
    }

    private JsonNode deployed() throws Exception {
        assertThat(webhook.requests()).hasSize(builds);
        return new ObjectMapper().readTree(webhook.requests().get(builds - 1).body());
    }

    private void write(String path, String content) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String patch(String name) {
        return "{\"operations\": [{\"o\": 1, \"t\": \"0a01\", \"p\": {\"ff023000000000000011\": \"" + name
                + "\"}}], \"rootTag\": \"0a01\"}";
    }
}
