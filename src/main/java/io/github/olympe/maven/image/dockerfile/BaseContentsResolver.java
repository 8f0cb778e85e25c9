package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;

/** Finds the images that a Dockerfile names. */
@FunctionalInterface
public interface BaseContentsResolver {

    /**
     * Returns an image. Without a platform in the request, it is for that of the image that is made.
     *
     * @throws io.github.olympe.maven.OlympeException if there is no such image
     */
    BaseContents resolve(BaseRequest request);
}
