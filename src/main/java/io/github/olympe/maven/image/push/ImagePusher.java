package io.github.olympe.maven.image.push;

import java.util.List;

/** Moves assembled images to their registry. */
@FunctionalInterface
public interface ImagePusher {

    /**
     * Pushes the images of a build: all of them under their first tag, then, only when each is there, under their other tags.
     *
     * @return one result for each request, in their order
     * @throws io.github.olympe.maven.OlympeException if one of them could not be pushed; no tag but first ones has then moved
     */
    List<PushResult> push(List<PushRequest> requests);
}
