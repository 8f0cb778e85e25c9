package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.util.List;

/** Finds base images. Safe for use by several threads. */
@FunctionalInterface
public interface BaseImages {

    /**
     * Finds a base image.
     *
     * @param reference the image's reference
     * @param platforms the requested platforms; if empty, the image's only platform, or {@link Platform#LINUX_AMD64} if it has several
     * @return one image for each platform, in their order; a single one if {@code platforms} is empty
     * @throws io.github.olympe.maven.OlympeException if it does not exist, may not be read, or lacks one of the platforms
     */
    List<BaseImage> resolve(ImageReference reference, List<Platform> platforms);

    /**
     * Finds an image for each of its platforms.
     *
     * @param reference the image's reference
     * @return one image for each platform, in the order of the index
     * @throws io.github.olympe.maven.OlympeException if it does not exist or may not be read
     */
    default List<BaseImage> allPlatforms(ImageReference reference) {
        return resolve(reference, List.of());
    }
}
