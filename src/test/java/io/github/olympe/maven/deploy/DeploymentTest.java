package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.deploy.payload.DeployImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    private static final DeployUrl URL = DeployUrl.of("deployUrl", "https://deploy.example.com/acme", false);
    private static final WebhookAnswer ANSWER =
            new WebhookAnswer(200, "OK", "", true, Optional.empty(), Optional.empty());

    @Test
    void theSummaryExplainsSizesAndSteps() {
        Deployment deployment = new Deployment(
                List.of(
                        new DeployImage(
                                "frontend", "r.io/acme/web:1", Optional.of("sha256:1"), Optional.of(41_200L), true),
                        new DeployImage("orders", "r.io/acme/orders:1", Optional.empty(), Optional.empty(), true)),
                URL,
                ANSWER);

        assertThat(deployment.summary(List.of(
                        new Deployment.Step("check", Duration.ofMillis(50)),
                        new Deployment.Step("build-backend", Duration.ofMillis(49)),
                        new Deployment.Step("build-frontend", Duration.ofSeconds(12)))))
                .containsExactly(
                        "Images (the sizes are those of the layers on top of the base images):",
                        "  frontend  r.io/acme/web:1  sha256:1  41.2 kB",
                        "  orders    r.io/acme/orders:1",
                        "Sent to https://deploy.example.com/acme (status 200).",
                        "Steps:",
                        "  check               0.1 s",
                        "  build-frontend     12.0 s",
                        "  total              12.1 s");
    }

    @Test
    void imagesWithoutASizeNeedNoExplanation() {
        DeployImage image = new DeployImage("frontend", "r.io/acme/web:1", Optional.empty(), Optional.empty(), true);

        assertThat(new Deployment(List.of(image), URL, ANSWER).summary(List.of()))
                .startsWith("Images:");
    }
}
