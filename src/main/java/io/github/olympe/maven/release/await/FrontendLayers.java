package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The layers of a frontend's image.
 *
 * @param layers their blobs, the lowest first
 * @param blobs opens them
 */
public record FrontendLayers(List<Descriptor> layers, Blobs blobs) {

    public FrontendLayers {
        layers = List.copyOf(layers);
    }

    /** Where the blobs of layers are. */
    @FunctionalInterface
    public interface Blobs {

        /** Opens a layer's blob as it is stored, compressed or not; the caller closes it. */
        InputStream open(Descriptor layer) throws IOException;
    }
}
