package io.github.olympe.maven.image;

import io.github.olympe.maven.image.layer.LayerObserver;
import java.util.List;

/** Provides the observers of layers, which see each layer while it is written. */
@FunctionalInterface
public interface LayerObservers {

    /** Observes nothing. */
    LayerObservers NONE = (kind, targets) -> LayerObserver.NONE;

    /**
     * Returns the observer of one layer that is about to be written.
     *
     * @param kind the kind of image that the layer belongs to
     * @param targets the folders of the image that hold the build's result
     */
    LayerObserver observe(ImageKind kind, List<String> targets);
}
