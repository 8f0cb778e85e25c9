package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.util.List;

/** Where base images come from. May be used by several threads. */
@FunctionalInterface
public interface BaseImages {

    /**
     * Finds a base image.
     *
     * @param reference its name
     * @param platforms the platforms wanted; with none, the image itself where it is for one platform only, else
     *     {@link Platform#LINUX_AMD64}
     * @return one image for each platform, in their order; a single one where {@code platforms} is empty
     * @throws io.github.olympe.maven.OlympeException if it is not there, may not be read, or has no such platform
     */
    List<BaseImage> resolve(ImageReference reference, List<Platform> platforms);

    /**
     * Finds an image for every platform that it is there for.
     *
     * @param reference its name
     * @return one image for each platform, in the order of the index
     * @throws io.github.olympe.maven.OlympeException if it is not there, or may not be read
     */
    default List<BaseImage> allPlatforms(ImageReference reference) {
        return resolve(reference, List.of());
    }
}
