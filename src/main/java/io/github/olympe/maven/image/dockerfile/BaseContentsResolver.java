package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;

/** Finds the images that a Dockerfile names. */
@FunctionalInterface
public interface BaseContentsResolver {

    /**
     * Returns an image. If the request has no platform, it is for the platform of the image that is being made.
     *
     * @throws io.github.olympe.maven.OlympeException if there is no such image
     */
    BaseContents resolve(BaseRequest request);
}
