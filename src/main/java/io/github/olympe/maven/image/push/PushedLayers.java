package io.github.olympe.maven.image.push;

import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;
import java.util.Map;

/** The layers that earlier builds pushed, so that they need not be compressed again. May be used by several threads; nothing is thrown. */
public interface PushedLayers {

    /** Knows of none. */
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
     * Returns the layers that this plugin would compress to the same bytes, by the digest of their tar. They are asked for once in a build.
     *
     * @param repository a repository that this build pushes to
     * @param tags the tags of the images that are asked
     */
    Map<Digest, PushedLayer> of(ImageReference repository, List<String> tags);

    /** Returns whether the registry has the blob of a layer, with its size. */
    boolean isThere(PushedLayer layer);
}
