package io.github.olympe.maven.image.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.Compression;
import io.github.olympe.maven.image.layout.ImageConfiguration;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The layers of images in a registry, found from manifests and configurations alone. An image counts only if this plugin made it, and only
 * if the plugin would compress its layers to the same bytes here.
 */
final class RegistryPushedLayers implements PushedLayers {

    private final Registries registries;
    private final BaseImages images;
    private final ImageLog log;
    private final Map<ImageReference, Map<Digest, PushedLayer>> found = new ConcurrentHashMap<>();

    RegistryPushedLayers(Registries registries, BaseImages images, ImageLog log) {
        this.registries = registries;
        this.images = images;
        this.log = log;
    }

    @Override
    public Map<Digest, PushedLayer> of(ImageReference repository, List<String> tags) {
        return found.computeIfAbsent(repository, key -> {
            Map<Digest, PushedLayer> layers = new HashMap<>();
            tags.forEach(tag -> add(repository.withTag(tag), layers));
            return Map.copyOf(layers);
        });
    }

    private void add(ImageReference reference, Map<Digest, PushedLayer> layers) {
        try {
            images.allPlatforms(reference).forEach(image -> add(image, layers));
        } catch (OlympeException e) {
            log.debug("No layer of '" + reference + "' is used: " + e.getMessage());
        }
    }

    private void add(BaseImage image, Map<Digest, PushedLayer> layers) {
        JsonNode configuration = ImageConfiguration.read(image);
        OptionalInt first = ImageConfiguration.firstOwnLayer(configuration);
        String compression = image.annotations().getOrDefault(ImageLayout.COMPRESSION, "");
        if (first.isEmpty() || !compression.equals(Compression.fingerprint())) {
            log.debug("No layer of '" + image.reference() + "' is used: it was not made by this plugin,"
                    + " or its layers would be compressed to other bytes here.");
            return;
        }
        List<BaseLayer> all = image.layers();
        for (BaseLayer layer : all.subList(Math.min(first.getAsInt(), all.size()), all.size())) {
            if (MediaTypes.ociLayer(layer.blob().mediaType()).equals(MediaTypes.OCI_LAYER_GZIP)) {
                Descriptor blob = new Descriptor(
                        MediaTypes.OCI_LAYER_GZIP,
                        layer.blob().digest(),
                        layer.blob().size());
                layers.putIfAbsent(layer.diffId(), new PushedLayer(blob, layer.diffId(), pinned(image)));
            }
        }
    }

    private static ImageReference pinned(BaseImage image) {
        ImageReference reference = image.reference();
        return reference.withoutTag().withDigest(reference.digest().orElseThrow());
    }

    @Override
    public boolean isThere(PushedLayer layer) {
        ImageReference image = layer.image();
        try {
            OptionalLong size = registries.asking(
                    image.registry(),
                    "find a layer of '" + image + "'",
                    registry -> registry.blobSize(layer.blob().digest(), Access.pull(image.repository())));
            if (size.equals(OptionalLong.of(layer.blob().size()))) {
                return true;
            }
            log.debug("The layer '" + layer.blob().digest() + "' of '" + image
                    + "' is not used: the registry does not have it with its size.");
        } catch (RegistryFailure | OlympeException e) {
            log.debug("The layer '" + layer.blob().digest() + "' of '" + image + "' is not used: " + e.getMessage());
        }
        return false;
    }
}
