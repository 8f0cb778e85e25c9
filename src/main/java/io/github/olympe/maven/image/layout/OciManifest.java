package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifest of an image (OCI image specification).
 *
 * @param config the blob of the image's configuration
 * @param layers the layers' blobs, the lowest first
 * @param annotations further information
 */
record OciManifest(
        int schemaVersion,
        String mediaType,
        Descriptor config,
        List<Descriptor> layers,
        SortedMap<String, String> annotations) {

    OciManifest {
        Objects.requireNonNull(config, "it has no 'config'");
        layers = List.copyOf(Objects.requireNonNull(layers, "it has no 'layers'"));
        annotations = new TreeMap<>(Objects.requireNonNull(annotations, "it has no 'annotations'"));
    }

    static OciManifest of(Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
        return new OciManifest(2, MediaTypes.OCI_MANIFEST, config, layers, new TreeMap<>(annotations));
    }

    byte[] json() {
        return Json.bytes(this);
    }
}
