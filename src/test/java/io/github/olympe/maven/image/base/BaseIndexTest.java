package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BaseIndexTest {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final Map<String, String> manifests = new HashMap<>();
    private final Map<String, String> configurations = new HashMap<>();

    private final BaseIndex.Source source = new BaseIndex.Source() {
        @Override
        public JsonNode manifest(Digest digest) {
            return json(manifests.get(digest.value()));
        }

        @Override
        public JsonNode configuration(JsonNode manifest) {
            return json(
                    configurations.get(manifest.path("config").path("digest").asText()));
        }
    };

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(char name) {
        return "sha256:" + String.valueOf(name).repeat(64);
    }

    /** An entry of an index with a platform such as {@code linux/amd64/v3}. */
    private static String entry(char name, String platform) {
        String[] parts = platform.split("/");
        String variant = parts.length < 3 ? "" : ", \"variant\": \"" + parts[2] + "\"";
        return "{\"mediaType\": \"" + IMAGE + "\", \"digest\": \"" + digest(name) + "\", \"platform\": {\"os\": \""
                + parts[0] + "\", \"architecture\": \"" + parts[1] + "\"" + variant + "}}";
    }

    private static String entry(char name) {
        return "{\"mediaType\": \"" + IMAGE + "\", \"digest\": \"" + digest(name) + "\"}";
    }

    private static String nested(char name) {
        return "{\"mediaType\": \"" + INDEX + "\", \"digest\": \"" + digest(name) + "\"}";
    }

    private static String list(String... entries) {
        return "{\"schemaVersion\": 2, \"manifests\": [" + String.join(", ", entries) + "]}";
    }

    private void image(char name, String configType, String configuration) {
        manifests.put(
                digest(name),
                "{\"schemaVersion\": 2, \"config\": {\"mediaType\": \"" + configType + "\", \"digest\": \""
                        + digest(name) + "\"}}");
        configurations.put(digest(name), configuration);
    }

    private BaseIndex index(String... entries) {
        return BaseIndex.of(
                new PulledImage(
                        ImageReference.of("baseImage", "registry.example.com/base:1"), "the parameter 'baseImage'"),
                json(list(entries)),
                source);
    }

    private List<String> chosen(BaseIndex index, String... platforms) {
        return index
                .choose(Stream.of(platforms)
                        .map(platform -> Platform.of("platforms", platform))
                        .toList())
                .stream()
                .map(digest -> digest.value().substring(7, 8))
                .toList();
    }

    @Test
    void anExactMatchComesFirst() {
        assertThat(chosen(index(entry('a', "linux/amd64/v3"), entry('b', "linux/amd64")), "linux/amd64"))
                .containsExactly("b");
        assertThat(chosen(index(entry('a', "linux/amd64/v1"), entry('b', "linux/amd64")), "linux/amd64"))
                .containsExactly("b");
        assertThat(chosen(index(entry('a', "linux/arm64"), entry('b', "linux/arm64/v8")), "linux/arm64/v8"))
                .containsExactly("b");
        assertThat(chosen(index(entry('a', "linux/arm/v6"), entry('b', "linux/arm/v7")), "linux/arm", "linux/arm/v6"))
                .containsExactly("b", "a");
    }

    @Test
    void anotherVariantDoesNotMatchAPlatform() {
        assertThatThrownBy(() -> chosen(index(entry('a', "linux/amd64/v3")), "linux/amd64"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The image 'registry.example.com/base:1' does not exist for the platform 'linux/amd64', only"
                                + " for linux/amd64/v3; choose among these in the parameter 'platforms', or another image in"
                                + " the parameter 'baseImage'.");
    }

    @Test
    void twoPlatformsWithOneImageAreAnError() {
        assertThatThrownBy(() -> chosen(index(entry('a', "linux/arm64")), "linux/arm64", "linux/arm64/v8"))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The platforms 'linux/arm64' and 'linux/arm64/v8' are the same image of"
                        + " 'registry.example.com/base:1'; leave one of them out of the parameter 'platforms'.");
    }

    @Test
    void anEntryWithoutAPlatformHasThatOfItsConfiguration() {
        image('a', CONFIG, "{\"os\": \"linux\", \"architecture\": \"arm64\", \"variant\": \"v8\"}");
        image(
                'b',
                "application/vnd.docker.container.image.v1+json",
                "{\"os\": \"linux\", \"architecture\": \"amd64\"}");

        assertThat(chosen(index(entry('a'), entry('b')), "linux/amd64", "linux/arm64"))
                .containsExactly("b", "a");
    }

    @Test
    void halfAPlatformIsInvalid() {
        image('a', CONFIG, "{\"os\": \"linux\", \"architecture\": \"arm64\"}");
        image('b', CONFIG, "{\"os\": \"linux\", \"architecture\": \"amd64\"}");
        String os = entry('b', "linux/amd64").replace(", \"architecture\": \"amd64\"", "");

        assertThat(chosen(index(entry('a', "/arm64"), os), "linux/amd64", "linux/arm64"))
                .containsExactly("b", "a");
    }

    @Test
    void aNestedIndexIsRead() {
        manifests.put(digest('1'), list(entry('a', "linux/amd64"), nested('2')));
        manifests.put(digest('2'), list(entry('b', "linux/arm64"), nested('1')));

        BaseIndex index = index(nested('1'), entry('c', "linux/s390x"));

        assertThat(index.entries())
                .extracting(entry -> entry.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64", "linux/s390x");
        assertThat(chosen(index, "linux/arm64")).containsExactly("b");
    }

    @Test
    void indexesAreReadFiveDeepAndNoDeeper() {
        for (char name = '1'; name <= '6'; name++) {
            manifests.put(digest(name), list(entry(name, "linux/arm/v" + name), nested((char) (name + 1))));
        }

        assertThat(index(nested('1')).entries())
                .extracting(entry -> entry.platform().toString())
                .containsExactly("linux/arm/v1", "linux/arm/v2", "linux/arm/v3", "linux/arm/v4", "linux/arm/v5");
    }

    @Test
    void attestationsAndOtherArtifactsAreNotImages() {
        image('f', "application/vnd.dev.cosign.artifact.sig.v1+json", "{}");

        BaseIndex index = index(entry('a', "linux/arm64"), entry('x', "unknown/unknown"), entry('f'));

        assertThat(index.platformsByDefault()).extracting(Platform::toString).containsExactly("linux/arm64");
    }
}
