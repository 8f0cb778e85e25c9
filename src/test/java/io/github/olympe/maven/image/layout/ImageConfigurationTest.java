package io.github.olympe.maven.image.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is added to a base image's configuration, and what is kept of it. */
class ImageConfigurationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "registry.example.com/olympeio/frontend-base:stable";
    private static final Digest BASE = Digest.of(new byte[] {42});

    /** A base image with this configuration and number of layers. */
    private record Base(String json, int count) implements BaseImage {

        @Override
        public ImageReference reference() {
            return ImageReference.of("baseImage", NAME).withDigest(BASE);
        }

        @Override
        public Platform platform() {
            return new Platform("linux", "amd64", Optional.empty());
        }

        @Override
        public byte[] configuration() {
            return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<BaseLayer> layers() {
            return IntStream.range(0, count)
                    .mapToObj(i -> new BaseLayer(blob(i), Digest.of(new byte[] {(byte) i, 1})))
                    .toList();
        }

        @Override
        public InputStream open(BaseLayer layer) {
            throw new AssertionError("not needed");
        }
    }

    private static Descriptor blob(int number) {
        return new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(new byte[] {(byte) number}), 1);
    }

    private static Layer layer(int number) {
        return new Layer(".", blob(100 + number), Digest.of(new byte[] {7, (byte) number}), Path.of("unused"));
    }

    private static JsonNode configuration(String base, int layers, List<String> history) throws IOException {
        return JSON.readTree(ImageConfiguration.configuration(
                Specs.frontend(Path.of("unused"), NAME),
                new Base(base, layers),
                List.of(layer(1), layer(2)),
                history,
                Optional.of(Instant.parse("2026-11-26T07:00:00Z"))));
    }

    @Test
    void historyWithoutALayerCountsAsNoLayer() throws IOException {
        JsonNode history = configuration(
                        "{'history': [{'created_by': 'ADD'}, {'created_by': 'ENV', 'empty_layer': true}]}",
                        3,
                        List.of("COPY a", "COPY b", "ENV c"))
                .path("history");

        assertThat(history.findValuesAsText("created_by")).containsExactly("ADD", "ENV", "COPY a", "COPY b", "ENV c");
        assertThat(history.findValuesAsText("comment"))
                .containsExactly(
                        "layer of registry.example.com/olympeio/frontend-base",
                        "layer of registry.example.com/olympeio/frontend-base",
                        "olympe-maven-plugin",
                        "olympe-maven-plugin",
                        "olympe-maven-plugin");
        int made = 0;
        for (JsonNode step : history) {
            made += step.path("empty_layer").asBoolean() ? 0 : 1;
        }
        assertThat(made).as("a line for each of the 3 + 2 layers").isEqualTo(5);
        assertThat(history.path(6).path("empty_layer").asBoolean()).isTrue();
    }

    @Test
    void aHistoryOfAllLayersIsKeptUnchanged() throws IOException {
        JsonNode history = configuration(
                        "{'history': [{'created_by': 'ADD'}, {'created_by': 'RUN'}]}", 2, List.of("COPY a", "COPY b"))
                .path("history");

        assertThat(history.findValuesAsText("created_by")).containsExactly("ADD", "RUN", "COPY a", "COPY b");
        assertThat(history.findValuesAsText("created")).containsOnly("2026-11-26T07:00:00Z");
    }

    @Test
    void theBaseImagesConfigurationIsKeptExceptForHowItWasBuilt() throws IOException {
        JsonNode configuration = configuration("""
                {'architecture': 'arm64', 'variant': 'v8', 'os': 'linux', 'os.version': '1', 'unknown': {'a': 1},
                 'container': 'c', 'container_config': {}, 'docker_version': '20', 'id': 'i', 'parent': 'p',
                 'config': {'Env': ['A=1'], 'Labels': {'kept': 'yes', 'draw_version': 'old'}},
                 'rootfs': {'diff_ids': ['sha256:0']}}
                """, 1, List.of("COPY a", "COPY b"));

        assertThat(configuration.path("architecture").asText()).isEqualTo("arm64");
        assertThat(configuration.path("variant").asText()).isEqualTo("v8");
        assertThat(configuration.path("os.version").asText()).isEqualTo("1");
        assertThat(configuration.path("unknown").path("a").asInt()).isEqualTo(1);
        assertThat(configuration.fieldNames())
                .toIterable()
                .doesNotContain("container", "container_config", "docker_version", "id", "parent");
        assertThat(configuration.path("config").path("Env")).isEqualTo(JSON.readTree("[\"A=1\"]"));
        assertThat(configuration.path("config").path("Labels")).isEqualTo(JSON.readTree("""
                {"draw_version": "2.9.2", "kept": "yes",
                 "org.opencontainers.image.base.digest": "%s", "org.opencontainers.image.base.name": "%s"}
                """.formatted(BASE, NAME)));
        assertThat(configuration.path("rootfs"))
                .isEqualTo(JSON.valueToTree(Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        List.of(
                                "sha256:0",
                                layer(1).diffId().value(),
                                layer(2).diffId().value()))));
    }
}
