package io.github.olympe.maven.image.push;

import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;
import java.util.Map;

/**
 * The layers that earlier builds pushed, which need not be compressed again. Safe for use by several threads. It never throws an exception.
 */
public interface PushedLayers {

    /** Knows no layers. */
    PushedLayers NONE = new PushedLayers() {
        @Override
        public Map<Digest, PushedLayer> of(ImageReference repository, List<String> tags) {
            return Map.of();
        }

        @Override
        public boolean isThere(PushedLayer layer) {
            return false;
        }
    };

    /**
     * Returns, by the digest of their tar, the layers that this plugin would compress to the same bytes. They are requested once in a
     * build.
     *
     * @param repository a repository that this build pushes to
     * @param tags the tags of the images to look at
     */
    Map<Digest, PushedLayer> of(ImageReference repository, List<String> tags);

    /** Returns whether the registry has the blob of a layer, with its size. */
    boolean isThere(PushedLayer layer);
}
