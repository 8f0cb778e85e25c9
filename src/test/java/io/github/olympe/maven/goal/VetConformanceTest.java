package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.testing.TestPom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal vet inspects images in a real registry: all of their platforms, and layers that are nowhere else. */
class VetConformanceTest {

    private static final String HTML = "usr/share/nginx/html/";
    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";
    private static final String GOAL = "io.github.olympe:olympe-maven-plugin:" + MavenBuild.pluginVersion() + ":";

    @TempDir
    Path folder;

    private DockerRegistry registry;

    @BeforeEach
    void startRegistry() {
        registry = DockerRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void inspectsEachPlatformOfAnImage() throws IOException {
        TestImage.pushIndex(
                registry.host(),
                "acme/shop-frontend",
                "old",
                List.of(frontend("amd64", "{}"), frontend("arm64", "{\n\"token\": \"" + TOKEN + "\"}")));
        TestPom.of("shop").writeTo(folder);

        String image = registry.host() + "/acme/shop-frontend:old";
        MavenBuild.Result result = maven("vet", "-Dolympe.vet.image=" + image);

        assertThat(result.succeeded()).as(result.log()).isFalse();
        assertThat(result.log())
                .contains("The image '" + image
                        + "' for linux/arm64 serves '/config.json', which has a token of GitLab in"
                        + " line 2 (gitlab-token); ")
                .contains("(source-map)")
                .doesNotContain("linux/amd64")
                .doesNotContain(TOKEN);
        JsonNode findings = new ObjectMapper()
                .readTree(folder.resolve("target/olympe/vet.json").toFile())
                .path("images")
                .path(0)
                .path("findings");
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.path("rule").asText()).isEqualTo("gitlab-token");
            assertThat(finding.path("platform").asText()).isEqualTo("linux/arm64");
        });
        assertThat(maven("vet", "-Dolympe.vet.image=" + image, "-Dolympe.vet.allow=gitlab-token:config.json")
                        .succeeded())
                .isTrue();
    }

    private static TestImage frontend(String architecture, String config) {
        return TestBaseImages.frontend(architecture)
                .layer()
                .file(HTML + "config.json", 0, 0, 0644, config)
                .file(HTML + "main.js.map", 0, 0, 0644, "{}");
    }

    @Test
    void fetchesAndVerifiesALayerThatIsOnlyInTheRegistry() throws IOException {
        ShopProject.writeBuilt(folder);
        Files.writeString(folder.resolve("package.json"), "{\"scripts\": {\"build:draw\": \"true\"}}");
        // A file of its own, so that no other test's cache has the layer.
        Files.writeString(
                folder.resolve("dist/web/config.json"), "{\"token\": \"" + TOKEN + "\", \"at\": \"" + folder + "\"}");
        TestPom.of("shop")
                .configuration("<codeAsData><skip>true</skip></codeAsData>")
                .writeTo(folder);
        MavenBuild.Result made = maven("image", GOAL + "push");
        assertThat(made.succeeded()).as(made.log()).isTrue();
        JsonNode layers = new ObjectMapper()
                .readTree(folder.resolve("target/olympe/images.json").toFile())
                .path("images")
                .path(0)
                .path("layers");
        assertThat(layers).isNotEmpty();
        for (JsonNode layer : layers) {
            Files.delete(folder.resolve("target/olympe/images/frontend/blobs/sha256")
                    .resolve(layer.path("digest").asText().substring("sha256:".length())));
        }

        String damaged = layers.path(layers.size() - 1).path("digest").asText();
        byte[] content = Files.readAllBytes(registry.blob(damaged));
        byte[] other = content.clone();
        other[other.length / 2]++;
        Files.write(registry.blob(damaged), other);
        MavenBuild.Result refused = maven("vet");
        assertThat(refused.succeeded()).as(refused.log()).isFalse();
        assertThat(refused.errors())
                .anySatisfy(error -> assertThat(error).contains(damaged.substring("sha256:".length())));

        Files.write(registry.blob(damaged), content);
        MavenBuild.Result found = maven("vet");
        assertThat(found.succeeded()).as(found.log()).isFalse();
        assertThat(found.log())
                .contains("The image 'frontend' serves '/config.json', which has a token of GitLab in line 1"
                        + " (gitlab-token); ")
                .doesNotContain(TOKEN);
    }

    private MavenBuild.Result maven(String goal, String... arguments) {
        TestBaseImages bases = TestBaseImages.pushTo(registry.host());
        String[] all = new String[arguments.length + 3];
        all[0] = GOAL + goal;
        all[1] = "-Dolympe.registry=" + registry.host() + "/acme";
        all[2] = "-Dolympe.frontend.baseImage=" + bases.frontend();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return MavenBuild.in(folder)
                .timeout(Duration.ofMinutes(5))
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .run(all);
    }
}
