package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.registry.ImageReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the images to compare. */
public interface ComparedImages {

    /**
     * Reads an image that the plugin assembled.
     *
     * @param folder its layout folder
     * @throws io.github.olympe.maven.OlympeException if it cannot be read
     */
    WholeImage assembled(Path folder);

    /**
     * Reads an image of a registry.
     *
     * @throws io.github.olympe.maven.OlympeException if it does not exist or cannot be read
     */
    WholeImage inRegistry(ImageReference reference);

    /**
     * Reads an image of a registry, if it exists there.
     *
     * @return absent if the registry says that it does not have it
     * @throws io.github.olympe.maven.OlympeException if that is unknown, or if the image cannot be read
     */
    Optional<WholeImage> find(ImageReference reference);

    /** Returns the rules of {@code vet} that files of a registry's image break, by the file's absolute path. */
    Map<String, String> vetted(ImageReference reference);
}
