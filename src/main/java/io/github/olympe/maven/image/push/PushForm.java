package io.github.olympe.maven.image.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifests of an image as they are pushed: in OCI's format, as they were assembled, or in Docker's format for a registry that accepts
 * no other. Both refer to the same configuration and layers.
 *
 * @param root the manifest or index that tags will point to
 * @param platforms the manifests that an index refers to; empty if the root is a manifest
 */
record PushForm(Manifest root, List<Manifest> platforms) {

    PushForm {
        platforms = List.copyOf(platforms);
    }

    /**
     * A manifest.
     *
     * @param mediaType its media type
     * @param content its JSON
     */
    record Manifest(String mediaType, byte[] content) {

        Digest digest() {
            return Digest.of(content);
        }
    }

    /**
     * Reads the manifests of an assembled image.
     *
     * @throws OlympeException if one of them is missing or damaged
     */
    static PushForm of(ImageLayout layout) {
        boolean index = MediaTypes.isIndex(layout.root().mediaType());
        return new PushForm(
                manifest(layout, layout.root()),
                index
                        ? layout.manifests().stream()
                                .map(manifest -> manifest(layout, manifest.descriptor()))
                                .toList()
                        : List.of());
    }

    private static Manifest manifest(ImageLayout layout, Descriptor descriptor) {
        Path folder = layout.folder();
        byte[] content;
        try {
            content = Files.readAllBytes(layout.blob(descriptor.digest())
                    .orElseThrow(() -> unusable(folder, descriptor.digest() + " is missing")));
        } catch (IOException e) {
            throw unusable(folder, descriptor.digest() + " cannot be read");
        }
        if (!Digest.of(content).equals(descriptor.digest())) {
            throw unusable(folder, descriptor.digest() + " is damaged");
        }
        return new Manifest(descriptor.mediaType(), content);
    }

    private static OlympeException unusable(Path folder, String what) {
        return new OlympeException("The assembled image in '" + folder + "' is not complete (" + what
                + "); run 'mvn olympe:image' again.");
    }

    /** Returns the same image in Docker's format. */
    PushForm inDockersFormat() {
        if (platforms.isEmpty()) {
            return new PushForm(docker(root), List.of());
        }
        List<Manifest> manifests = platforms.stream().map(PushForm::docker).toList();
        ObjectNode index = json(root).put("mediaType", MediaTypes.DOCKER_INDEX);
        index.remove("annotations");
        List<JsonNode> entries = new ArrayList<>();
        index.path("manifests").forEach(entries::add);
        for (int i = 0; i < manifests.size(); i++) {
            ((ObjectNode) entries.get(i))
                    .put("mediaType", MediaTypes.DOCKER_MANIFEST)
                    .put("digest", manifests.get(i).digest().value())
                    .put("size", manifests.get(i).content().length);
        }
        return new PushForm(new Manifest(MediaTypes.DOCKER_INDEX, Json.bytes(index)), manifests);
    }

    private static Manifest docker(Manifest oci) {
        ObjectNode manifest = json(oci).put("mediaType", MediaTypes.DOCKER_MANIFEST);
        manifest.remove("annotations");
        ((ObjectNode) manifest.path("config")).put("mediaType", MediaTypes.DOCKER_CONFIG);
        for (JsonNode layer : manifest.path("layers")) {
            ((ObjectNode) layer)
                    .put(
                            "mediaType",
                            MediaTypes.dockerLayer(layer.path("mediaType").asText()));
        }
        return new Manifest(MediaTypes.DOCKER_MANIFEST, Json.bytes(manifest));
    }

    private static ObjectNode json(Manifest manifest) {
        try {
            return (ObjectNode) ForeignText.json(new String(manifest.content(), StandardCharsets.UTF_8));
        } catch (ForeignText.Malformed e) {
            throw new IllegalStateException("the plugin wrote a manifest that is not JSON", e);
        }
    }
}
