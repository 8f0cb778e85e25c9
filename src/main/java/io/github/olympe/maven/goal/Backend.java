package io.github.olympe.maven.goal;

import org.jspecify.annotations.Nullable;

/** A section {@code backend} of {@code backends}. */
public class Backend extends ImageSection {

    /** A regular expression on the names of the backends that this image is deployed to. */
    @Nullable String deployTo;
}
