package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Base images in the forms that registries have. An image is made on each, pushed, and read in the registry. */
@Timeout(60)
class BaseImageQuirksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private RegistryFixture fixture;

    @BeforeEach
    void write() throws IOException {
        fixture = new RegistryFixture(folder);
        Files.createDirectories(folder.resolve("dist/web"));
        Files.writeString(folder.resolve("dist/web/index.html"), "hello");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Makes an image on {@code base/web:1}, and pushes it as {@code acme/shop:1}. */
    private AssembledImage makeAndPush(List<Platform> platforms) {
        ImageSpec spec = Specs.with(Specs.frontend(folder, registry.host() + "/base/web:1"), platforms);
        try (Registries registries = fixture.open()) {
            AssembledImage image = new ImageAssembler(
                            registries.baseImages(fixture.cache(), false), folder.resolve("layers"), new RecordedLog())
                    .assemble(List.of(spec), folder.resolve("target"), false)
                    .get(0);
            ImageReference target = ImageReference.ofRepository("registry", registry.host() + "/acme/shop");
            registries.pusher(fixture.cache()).push(List.of(new PushRequest(image.layout(), target, List.of("1"))));
            return image;
        }
    }

    /** How one image is made. */
    private enum Form {
        PLAIN(MediaTypes.OCI_LAYER_GZIP, image -> image),
        DOCKERS(MediaTypes.OCI_LAYER_GZIP, TestImage::docker),
        WITHOUT_A_HISTORY(MediaTypes.OCI_LAYER_GZIP, TestImage::withoutHistory),
        WITHOUT_A_CONFIG(MediaTypes.OCI_LAYER_GZIP, TestImage::withoutConfig),
        UNCOMPRESSED("application/vnd.oci.image.layer.v1.tar", image -> image.compressed("", tar -> tar)),
        ZSTD(
                "application/vnd.oci.image.layer.v1.tar+zstd",
                image -> image.compressed("zstd", tar -> Zstd.compress(tar, 3))),
        DOCKERS_WITH_ZSTD(
                "application/vnd.oci.image.layer.v1.tar+zstd",
                image -> image.docker().compressed("zstd", tar -> Zstd.compress(tar, 3)));

        private final String layerType;
        private final UnaryOperator<TestImage> made;

        Form(String layerType, UnaryOperator<TestImage> made) {
            this.layerType = layerType;
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneImage(Form form) throws IOException {
        TestImage base = form.made.apply(TestBaseImages.frontend("amd64", 4242));
        base.pushTo(registry.host(), "base/web", "1");

        AssembledImage image = makeAndPush(List.of());

        // The owner is in the second layer of the base image, so its layers had to be read.
        assertThat(ImageEntries.of(image).get("usr/share/nginx/html/index.html").getLongUserId())
                .isEqualTo(4242);
        JsonNode layers = registry.manifest("acme/shop", "1").path("layers");
        assertThat(layers.findValuesAsText("digest"))
                .hasSize(3)
                .startsWith(base.layerDigests().toArray(String[]::new));
        assertThat(layers.findValuesAsText("mediaType"))
                .containsExactly(form.layerType, form.layerType, MediaTypes.OCI_LAYER_GZIP);
        base.layerDigests()
                .forEach(digest ->
                        assertThat(registry.hasBlob("acme/shop", digest)).isTrue());
        JsonNode configuration = registry.config("acme/shop", "1");
        assertThat(configuration.at("/rootfs/diff_ids")).hasSize(3);
        assertThat(configuration.path("history")).hasSize(3);
        assertThat(configuration.at("/config/Labels/draw_version").asText()).isEqualTo("2.9.2");
        assertThat(configuration.at("/config/StopSignal").asText())
                .isEqualTo(form == Form.WITHOUT_A_CONFIG ? "" : "SIGQUIT");
    }

    /**
     * Each entry has an image, and the platform that the index names for it; nothing after {@code =} means none. The name of an image has
     * the processor and variant of its configuration.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attestation=unknown/unknown amd64=linux/amd64 arm64=linux/arm64 | '' | amd64",
                "amd64:v3=linux/amd64/v3 amd64=linux/amd64 | '' | amd64",
                "amd64= | '' | amd64",
                "attestation=unknown/unknown amd64= | '' | amd64",
                "amd64= arm:v7= | linux/arm | arm:v7",
                "arm:v6=linux/arm/v6 arm:v7=linux/arm/v7 arm64=linux/arm64 amd64=linux/amd64"
                        + " | linux/arm linux/arm/v6 linux/arm64/v8 | arm:v7 arm:v6 arm64",
                "arm64:v8=linux/arm64/v8 amd64=linux/amd64 | linux/arm64 linux/amd64 | arm64:v8 amd64",
                "[amd64=linux/amd64 arm64=linux/arm64 | linux/arm64 linux/amd64 | arm64 amd64"
            })
    void theEntriesOfAnIndex(String entries, String wanted, String chosen) throws IOException {
        String inner = index(entries.replace("[", ""));
        if (entries.startsWith("[")) {
            putIndex("1", List.of(descriptor(MediaTypes.OCI_INDEX, inner)));
        }

        makeAndPush(Stream.of(wanted.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> Platform.of("platforms", name))
                .toList());

        JsonNode root = registry.manifest("acme/shop", "1");
        List<String> manifests =
                root.path("manifests").isArray() ? root.path("manifests").findValuesAsText("digest") : List.of("1");
        assertThat(manifests.stream()
                        .map(manifest -> registry.config("acme/shop", manifest)
                                .at("/config/Labels/called")
                                .asText()))
                .containsExactly(chosen.split(" "));
        for (JsonNode entry : root.path("manifests")) {
            JsonNode configuration =
                    registry.config("acme/shop", entry.path("digest").asText());
            assertThat(entry.at("/platform/architecture")).isEqualTo(configuration.path("architecture"));
            if (configuration.has("variant")) {
                assertThat(entry.at("/platform/variant")).isEqualTo(configuration.path("variant"));
            }
        }
    }

    /** Pushes the index with these entries as {@code base/web:1}, and returns its digest. */
    private String index(String entries) throws IOException {
        List<ObjectNode> descriptors = new ArrayList<>();
        for (String entry : entries.split(" ")) {
            String[] parts = entry.split("=", 2);
            ObjectNode descriptor = descriptor(
                    MediaTypes.OCI_MANIFEST, parts[0].equals("attestation") ? attestation() : image(parts[0]));
            if (!parts[1].isEmpty()) {
                String[] platform = parts[1].split("/");
                ObjectNode said =
                        descriptor.putObject("platform").put("os", platform[0]).put("architecture", platform[1]);
                if (platform.length > 2) {
                    said.put("variant", platform[2]);
                }
            }
            descriptors.add(descriptor);
        }
        return putIndex("1", descriptors);
    }

    private String image(String called) {
        String[] name = called.split(":");
        TestImage image = TestBaseImages.frontend(name[0]).config("Labels", Map.of("called", called));
        if (name.length > 1) {
            image.variant(name[1]);
        }
        return image.pushTo(registry.host(), "base/web", "one");
    }

    /** BuildKit adds this to an image: a manifest whose configuration is not that of an image. */
    private String attestation() throws IOException {
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.putObject("config")
                .put("mediaType", "application/vnd.oci.empty.v1+json")
                .put("digest", "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
                .put("size", 2);
        manifest.putArray("layers");
        return put("attestation", MediaTypes.OCI_MANIFEST, manifest);
    }

    private String putIndex(String tag, List<ObjectNode> entries) throws IOException {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        entries.forEach(manifests::add);
        return put(tag, MediaTypes.OCI_INDEX, index);
    }

    private ObjectNode descriptor(String mediaType, String digest) {
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest)
                .put("size", registry.blob(digest).length);
    }

    private String put(String tag, String mediaType, ObjectNode manifest) throws IOException {
        byte[] content = JSON.writeValueAsBytes(manifest);
        ImageReference reference = RegistryFixture.reference(registry.host() + "/base/web:" + tag);
        try (Registries registries = fixture.open()) {
            registries.pulling(reference, "image", client -> {
                client.pushBlob("base/web", "{}".getBytes(StandardCharsets.UTF_8));
                client.putManifest("base/web", tag, mediaType, content);
                return true;
            });
        }
        return registry.digest("base/web", tag);
    }
}
