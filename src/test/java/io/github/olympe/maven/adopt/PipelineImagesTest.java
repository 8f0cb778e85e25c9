package io.github.olympe.maven.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineImagesTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    @Test
    void namesComeFromBuildAndEnvironmentAndCommitImagesComeFirst() {
        assertThat(references(
                        "${env.REGISTRY}/acme/shop-frontend:{branch}",
                        "r.example.com/acme/shop-frontend:{branch}-{commit}",
                        "r.example.com/acme/shop-frontend:{sha}",
                        "r.example.com/acme/shop-frontend:v{version}-{build}"))
                .containsExactly(
                        "r.example.com/acme/shop-frontend:feature-cart-1a2b3c4d",
                        "r.example.com/acme/shop-frontend:" + COMMIT,
                        "r.example.com/acme/shop-frontend:feature-cart",
                        "r.example.com/acme/shop-frontend:v1.2.3-77");
    }

    @Test
    void imagesWithAnIncompleteNameAreSkipped() {
        assertThat(references(
                        "${env.UNSET}/acme/shop:{branch}",
                        "r.example.com/acme/shop:{tag}",
                        "r.example.com/acme/shop:{date}",
                        "r.example.com/acme/{output}:1",
                        "r.example.com/acme/shop:${{ matrix.version }}",
                        "not a reference"))
                .isEmpty();
    }

    private static List<String> references(String... written) {
        BuildContext build = new BuildContext(
                "git",
                Optional.of("feature/cart"),
                Optional.of(COMMIT),
                Optional.empty(),
                Optional.of("77"),
                Optional.empty());
        return PipelineImages.of(List.of(written), build, "1.2.3", Map.of("REGISTRY", "r.example.com")).stream()
                .map(ImageReference::toString)
                .toList();
    }
}
