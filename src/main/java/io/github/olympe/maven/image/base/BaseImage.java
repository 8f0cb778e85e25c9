package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A base image for one platform. Its manifest and configuration are always present. A layer is fetched when it is first opened, and kept by
 * its digest.
 */
public interface BaseImage {

    /** Returns the reference that it was requested by, pinned to the digest of this platform's manifest. */
    ImageReference reference();

    /** Returns the platform in its configuration. */
    Platform platform();

    /** Returns the image configuration: the JSON from the registry. */
    byte[] configuration();

    /** Returns the annotations of its manifest. */
    default Map<String, String> annotations() {
        return Map.of();
    }

    /** Returns its layers, the lowest first. */
    List<BaseLayer> layers();

    /**
     * Opens the blob of one of its layers, compressed as in the registry. The caller closes it. The content has been compared with the
     * layer's digest. Safe for use by several threads.
     *
     * @throws io.github.olympe.maven.OlympeException if it cannot be fetched
     */
    InputStream open(BaseLayer layer);
}
