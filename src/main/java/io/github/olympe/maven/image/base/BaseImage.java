package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * An image that ours are built on, for one platform. Its manifest and configuration are there from the start; its layers are fetched only
 * when they are opened, and kept by their digest.
 */
public interface BaseImage {

    /** The name it was asked for by, pinned by the digest of this platform's manifest. */
    ImageReference reference();

    /** The platform of its configuration. */
    Platform platform();

    /** The image configuration, JSON as it stands in the registry. */
    byte[] configuration();

    /** The annotations of its manifest. */
    default Map<String, String> annotations() {
        return Map.of();
    }

    /** Its layers, the lowest first. */
    List<BaseLayer> layers();

    /**
     * The blob of one of its layers as it is in the registry, compressed; the caller closes it. Content that does not have the layer's
     * digest is never handed out. May be called by several threads.
     *
     * @throws io.github.olympe.maven.OlympeException if it cannot be fetched
     */
    InputStream open(BaseLayer layer);
}
