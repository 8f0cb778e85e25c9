package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;

/**
 * An image that is ready to be pushed.
 *
 * @param spec what was asked for
 * @param layout where it is
 * @param base the base image, pinned by digest; of several platforms, the first one's
 * @param layers its own layers, the lowest first; of several platforms, the first one's
 * @param targets the folders of the image that the build's result went to, as absolute paths
 */
public record AssembledImage(
        ImageSpec spec, ImageLayout layout, ImageReference base, List<Layer> layers, List<String> targets) {

    public AssembledImage {
        layers = List.copyOf(layers);
        targets = List.copyOf(targets);
    }

    /** How many bytes its own layers have; one that is there twice counts once. */
    public long size() {
        return layers.stream()
                .map(Layer::blob)
                .distinct()
                .mapToLong(Descriptor::size)
                .sum();
    }

    /** The digest that the registry will have it under. */
    public Digest digest() {
        return layout.root().digest();
    }

    /** Returns docker's image id. If there are several platforms, it is that of the first. */
    public Digest imageId() {
        return layout.manifests().get(0).configuration().digest();
    }
}
