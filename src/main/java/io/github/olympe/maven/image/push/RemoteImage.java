package io.github.olympe.maven.image.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image in a registry that is pushed to another repository or under another tag. Its manifests are fetched. Its blobs are fetched only
 * if they are missing there and cannot be mounted.
 *
 * @param registries the registries
 * @param image the image, with its digest
 */
public record RemoteImage(Registries registries, ImageReference image) {

    /**
     * Fetches the manifests.
     *
     * @param folder a folder for them
     * @throws OlympeException if they cannot be fetched, or are not manifests of an image
     */
    public ImageLayout fetch(Path folder) {
        Digest digest = image.digest().orElseThrow(() -> new IllegalArgumentException("'" + image + "' has no digest"));
        try {
            Descriptor root = manifest(folder, digest);
            List<ImageLayout.Manifest> manifests = new ArrayList<>();
            if (MediaTypes.isIndex(root.mediaType())) {
                for (JsonNode entry : json(folder, root).path("manifests")) {
                    manifests.add(platform(folder, manifest(folder, Json.value(entry.path("digest"), Digest.class))));
                }
            } else {
                manifests.add(platform(folder, root));
            }
            return new ImageLayout(folder, root, manifests);
        } catch (IOException e) {
            throw new OlympeException(
                    "The image '" + image + "' cannot be copied (" + Reason.of(e) + "). Push it again.", e);
        }
    }

    private Descriptor manifest(Path folder, Digest digest) throws IOException {
        Registry.Manifest manifest = registries.pulling(
                image, Registries.REGISTRY, registry -> registry.manifest(image.repository(), digest.value()));
        AtomicFile.replace(ImageLayout.blob(folder, digest), out -> out.write(manifest.content()));
        return new Descriptor(manifest.mediaType(), digest, manifest.content().length);
    }

    private static JsonNode json(Path folder, Descriptor manifest) throws IOException {
        return ForeignText.json(ImageLayout.blob(folder, manifest.digest()), 10);
    }

    private ImageLayout.Manifest platform(Path folder, Descriptor descriptor) throws IOException {
        JsonNode manifest = json(folder, descriptor);
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layers.add(Json.value(layer, Descriptor.class));
        }
        return new ImageLayout.Manifest(
                descriptor,
                Json.value(manifest.path("config"), Descriptor.class),
                layers,
                image.withDigest(descriptor.digest()),
                Map.of());
    }
}
