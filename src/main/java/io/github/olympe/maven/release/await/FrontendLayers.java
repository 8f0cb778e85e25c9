package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of a frontend's image.
 *
 * @param layers the blobs of the layers with its files, from bottom to top
 * @param base the layers of its base image, if known
 * @param blobs opens a layer
 */
public record FrontendLayers(List<Descriptor> layers, Set<Digest> base, Blobs blobs) {

    public FrontendLayers {
        layers = List.copyOf(layers);
        base = Set.copyOf(base);
    }

    /** Returns the digests of all layers. */
    public Set<Digest> digests() {
        Set<Digest> digests = new HashSet<>(base);
        layers.forEach(layer -> digests.add(layer.digest()));
        return digests;
    }

    /** Opens the blobs of layers. */
    @FunctionalInterface
    public interface Blobs {

        /** Opens a layer's blob as it is stored, compressed or not; the caller closes it. */
        InputStream open(Descriptor layer) throws IOException;
    }
}
