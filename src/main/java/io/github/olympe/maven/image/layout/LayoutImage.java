package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.Compression;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.MediaTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes an image from its layers: a configuration and a manifest for each platform, and an index if several platforms were requested. */
public final class LayoutImage {

    private final LayoutFolder layout;
    private final ImageSpec spec;
    private final Optional<Instant> created;
    private final Map<BaseImage, Descriptor> manifests = new LinkedHashMap<>();
    private final List<ImageLayout.Manifest> read = new ArrayList<>();
    private List<Layer> layers = List.of();

    /**
     * Creates an image without platforms.
     *
     * @param layout where it is written; its layers are there already
     * @param created its creation time; absent for that of its base image
     */
    public LayoutImage(LayoutFolder layout, ImageSpec spec, Optional<Instant> created) {
        this.layout = layout;
        this.spec = spec;
        this.created = created;
    }

    /**
     * Adds a platform: these layers on this base image.
     *
     * @param history the history of each of the layers, then of the other changes to the configuration
     */
    public void add(BaseImage base, List<Layer> own, List<String> history) {
        Descriptor configuration =
                layout.add(MediaTypes.OCI_CONFIG, ImageConfiguration.configuration(spec, base, own, history, created));
        List<Descriptor> all = new ArrayList<>();
        for (BaseLayer layer : base.layers()) {
            Descriptor blob = layer.blob();
            all.add(new Descriptor(MediaTypes.ociLayer(blob.mediaType()), blob.digest(), blob.size()));
        }
        own.forEach(layer -> all.add(layer.blob()));
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(ImageLayout.BASE_NAME, spec.base().toString());
        base.reference().digest().ifPresent(digest -> annotations.put(ImageLayout.BASE_DIGEST, digest.value()));
        annotations.put(ImageLayout.COMPRESSION, Compression.fingerprint());
        OciManifest manifest = OciManifest.of(configuration, all, annotations);
        Descriptor descriptor = layout.add(MediaTypes.OCI_MANIFEST, manifest.json());
        manifests.put(base, descriptor);
        read.add(ImageLayout.Manifest.of(descriptor, manifest, layout.elsewhere()));
        layers = layers.isEmpty() ? own : layers;
    }

    /**
     * Completes the image in the layout folder.
     *
     * @param targets the folders of the image that hold the build's result
     */
    public AssembledImage finish(Collection<String> targets) {
        Descriptor root = spec.platforms().isEmpty()
                ? read.get(0).descriptor()
                : layout.add(MediaTypes.OCI_INDEX, index().json());
        return new AssembledImage(
                spec,
                layout.finish(root, read),
                manifests.keySet().iterator().next().reference(),
                layers,
                List.copyOf(targets));
    }

    private OciIndex index() {
        return OciIndex.of(manifests.entrySet().stream()
                .map(manifest -> OciIndex.Entry.of(manifest.getValue())
                        .withPlatform(manifest.getKey().platform()))
                .toList());
    }
}
