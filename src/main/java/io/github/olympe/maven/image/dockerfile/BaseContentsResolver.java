package io.github.olympe.maven.image.dockerfile;

import java.util.Optional;

/** Finds the images that a Dockerfile names. */
@FunctionalInterface
public interface BaseContentsResolver {

    /**
     * An image.
     *
     * @param reference its name, as the Dockerfile has it
     * @param platform the platform that the Dockerfile asks for; without one, that of the image that is made
     * @throws io.github.olympe.maven.OlympeException if there is no such image
     */
    BaseContents resolve(String reference, Optional<String> platform);
}
