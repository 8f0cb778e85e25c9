package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {

    @Test
    void containsTheBaseImages() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            TestBaseImages images = TestBaseImages.pushTo(registry.host());

            assertThat(images.backend()).isEqualTo(registry.host() + "/olympeio/backend-base:18-stable");
            assertThat(registry.repositories())
                    .containsExactly("olympeio/backend-base", "olympeio/codeasdata-base", "olympeio/frontend-base");
            assertThat(registry.tags("olympeio/backend-base")).containsExactly("18-stable", "18-stable-multi");
            assertThat(registry.layers("olympeio/frontend-base", "stable"))
                    .isEqualTo(TestBaseImages.frontend("amd64").layerDigests());
            assertThat(registry.config("olympeio/frontend-base", "stable")
                            .at("/config/Entrypoint/0")
                            .asText())
                    .isEqualTo("/docker-entrypoint.sh");
            assertThat(registry.manifest("olympeio/frontend-base", "stable-multi")
                            .path("manifests"))
                    .hasSize(2);
            assertThat(registry.requests(".*")).as("they are put there at once").isEmpty();
            assertThat(registry.uploadedBytes()).isZero();
        }
    }

    @Test
    void givesTheSameDigestsEachTime() {
        try (EmbeddedRegistry one = EmbeddedRegistry.start();
                EmbeddedRegistry two = EmbeddedRegistry.start()) {
            TestBaseImages.pushTo(one.host());
            TestBaseImages.pushTo(two.host());

            assertThat(one.digest("olympeio/backend-base", "18-stable"))
                    .isEqualTo(two.digest("olympeio/backend-base", "18-stable"));
        }
    }
}
