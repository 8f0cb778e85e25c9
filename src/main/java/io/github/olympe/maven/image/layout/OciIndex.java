package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An index of manifests (OCI image specification): of the platforms of an image, or of the images in an image layout.
 *
 * @param manifests the manifests
 */
record OciIndex(int schemaVersion, String mediaType, List<Entry> manifests) {

    OciIndex {
        manifests = List.copyOf(Objects.requireNonNull(manifests, "it has no 'manifests'"));
    }

    /** A manifest, by its descriptor. */
    record Entry(
            String mediaType,
            Digest digest,
            long size,
            @Nullable Map<String, String> annotations,
            @Nullable OciPlatform platform) {

        Entry {
            Objects.requireNonNull(mediaType, "a manifest has no 'mediaType'");
            Objects.requireNonNull(digest, "a manifest has no 'digest'");
        }

        static Entry of(Descriptor manifest) {
            return new Entry(manifest.mediaType(), manifest.digest(), manifest.size(), null, null);
        }

        Entry withAnnotations(Map<String, String> newAnnotations) {
            return new Entry(
                    mediaType, digest, size, newAnnotations.isEmpty() ? null : new TreeMap<>(newAnnotations), platform);
        }

        Entry withPlatform(Platform newPlatform) {
            return new Entry(mediaType, digest, size, annotations, OciPlatform.of(newPlatform));
        }

        /** Returns the layers of an image layout that are not in its folder, each with the image that has it. */
        Map<Digest, ImageReference> layersElsewhere() {
            Map<Digest, ImageReference> images = new HashMap<>();
            Objects.requireNonNullElse(annotations, Map.<String, String>of()).forEach((key, image) -> {
                if (key.startsWith(ImageLayout.LAYER_IN)) {
                    images.put(
                            Digest.ofHex(key.substring(ImageLayout.LAYER_IN.length())), ImageReference.of(key, image));
                }
            });
            return images;
        }

        Descriptor descriptor() {
            return new Descriptor(mediaType, digest, size);
        }
    }

    /** What a manifest's image runs on. */
    record OciPlatform(
            String architecture, String os, @Nullable String variant) {

        static OciPlatform of(Platform platform) {
            return new OciPlatform(
                    platform.architecture(), platform.os(), platform.variant().orElse(null));
        }
    }

    static OciIndex of(List<Entry> manifests) {
        return new OciIndex(2, MediaTypes.OCI_INDEX, manifests);
    }

    byte[] json() {
        return Json.bytes(this);
    }
}
