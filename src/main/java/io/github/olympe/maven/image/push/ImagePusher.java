package io.github.olympe.maven.image.push;

import java.util.List;

/** Pushes assembled images to their registry. */
@FunctionalInterface
public interface ImagePusher {

    /**
     * Pushes the images of a build: first all of them under their first tag, then under their other tags.
     *
     * @return one result for each request, in their order
     * @throws io.github.olympe.maven.OlympeException if one of them could not be pushed; then only first tags may have moved
     */
    List<PushResult> push(List<PushRequest> requests);
}
