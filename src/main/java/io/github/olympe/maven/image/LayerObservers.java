package io.github.olympe.maven.image;

import io.github.olympe.maven.image.layer.LayerObserver;
import java.util.List;

/** Gives what sees the layers of images while they are written. */
@FunctionalInterface
public interface LayerObservers {

    /** Observes nothing. */
    LayerObservers NONE = (kind, targets) -> LayerObserver.NONE;

    /**
     * Returns the observer of one layer that is about to be written.
     *
     * @param kind which of the three its image is
     * @param targets the folders of the image that the build's result goes to
     */
    LayerObserver observe(ImageKind kind, List<String> targets);
}
