package io.github.olympe.maven.image;

import io.github.olympe.maven.io.UnusedFiles;
import java.nio.file.Path;

/**
 * The files that are kept between builds of images, for all projects on this machine.
 *
 * @param folder the plugin's folder in the local repository
 */
public record ImageCache(Path folder) {

    private static final long LARGEST = 10L << 30;

    /** Returns the folder of layers and of what else is known about images. */
    public Path images() {
        return folder.resolve("images");
    }

    /** Returns the folder of the base images. */
    public Path baseImages() {
        return folder.resolve("base-images");
    }

    /** Removes the least recently used files if the cache is too large. */
    void removeUnused() {
        UnusedFiles.remove(images(), LARGEST);
        UnusedFiles.remove(baseImages(), LARGEST);
    }
}
