package io.github.olympe.maven.image.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.image.ImageAssembler;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo reads the tar of an image as docker's archive and as an OCI archive. It is the image that is pushed. */
class ImageArchiveConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void equalsThePushedImage() throws IOException {
        Files.createDirectories(folder.resolve("dist/web/assets"));
        Files.writeString(folder.resolve("dist/web/index.html"), "<html>");
        Files.writeString(folder.resolve("dist/web/assets/a.js"), "a");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                Registries registries = new RegistryFixture(folder).open()) {
            String base = TestBaseImages.pushTo(registry.host()).frontend();
            AssembledImage image = new ImageAssembler(
                            registries.baseImages(folder.resolve("bases"), false),
                            folder.resolve("cache"),
                            new RecordedLog())
                    .assemble(List.of(Specs.frontend(folder, base)), folder.resolve("images"), true)
                    .get(0);
            registries
                    .pusher(folder.resolve("bases"))
                    .push(List.of(new PushRequest(
                            image.layout(),
                            ImageReference.ofRepository("registry", registry.host() + "/acme/shop-frontend"),
                            image.spec().tags())));
            String tar = folder.resolve("images/frontend.tar").toString();

            String pushed = skopeo(
                    "inspect", "--raw", "--tls-verify=false", "docker://" + registry.host() + "/acme/shop-frontend:t1");
            assertThat(skopeo("inspect", "--raw", "oci-archive:" + tar)).isEqualTo(pushed);
            assertThat(Digest.of(pushed)).isEqualTo(image.digest());

            JsonNode archive = JSON.readTree(skopeo("inspect", "--raw", "docker-archive:" + tar));
            JsonNode manifest = JSON.readTree(pushed);
            assertThat(archive.path("config").path("digest"))
                    .isEqualTo(manifest.path("config").path("digest"));
            assertThat(skopeo("inspect", "--config", "--raw", "docker-archive:" + tar))
                    .isEqualTo(skopeo(
                            "inspect",
                            "--config",
                            "--raw",
                            "--tls-verify=false",
                            "docker://" + registry.host() + "/acme/shop-frontend:t1"));

            // Copying decompresses and checks every layer.
            skopeo("copy", "docker-archive:" + tar, "dir:" + folder.resolve("copied"));
            JsonNode copied =
                    JSON.readTree(folder.resolve("copied/manifest.json").toFile());
            JsonNode diffIds = JSON.readTree(
                            image.layout().blob(image.imageId()).orElseThrow().toFile())
                    .path("rootfs")
                    .path("diff_ids");
            List<String> layers = new ArrayList<>();
            copied.path("layers")
                    .forEach(layer -> layers.add(layer.path("digest").asText()));
            List<String> expected = new ArrayList<>();
            diffIds.forEach(diffId -> expected.add(diffId.asText()));
            assertThat(layers).isEqualTo(expected);
        }
    }

    private String skopeo(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--insecure-policy", "--tmpdir", folder.toString()));
        all.addAll(List.of(arguments));
        return RequiredProgram.SKOPEO.run(all.toArray(String[]::new));
    }
}
