package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;

/**
 * An assembled image, ready to be pushed.
 *
 * @param spec the specification that it was made from
 * @param layout its layout folder
 * @param base the base image, pinned by digest; with several platforms, that of the first one
 * @param layers its own layers, the lowest first; with several platforms, those of the first one
 * @param targets the folders of the image that hold the build's result, as absolute paths
 */
public record AssembledImage(
        ImageSpec spec, ImageLayout layout, ImageReference base, List<Layer> layers, List<String> targets) {

    public AssembledImage {
        layers = List.copyOf(layers);
        targets = List.copyOf(targets);
    }

    /** Returns the size of its own layers in bytes. A layer that it has twice counts once. */
    public long size() {
        return layers.stream()
                .map(Layer::blob)
                .distinct()
                .mapToLong(Descriptor::size)
                .sum();
    }

    /** Returns the digest that it will have in the registry. */
    public Digest digest() {
        return layout.root().digest();
    }

    /** Returns docker's image id. With several platforms, it is that of the first one. */
    public Digest imageId() {
        return layout.manifests().get(0).configuration().digest();
    }
}
