package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.registry.ImageReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the images come from that are compared. */
public interface ComparedImages {

    /**
     * Reads an image that the plugin has assembled.
     *
     * @param folder its layout folder
     * @throws io.github.olympe.maven.OlympeException if it cannot be read
     */
    WholeImage assembled(Path folder);

    /**
     * Reads an image of a registry.
     *
     * @throws io.github.olympe.maven.OlympeException if it is not there, or cannot be read
     */
    WholeImage inRegistry(ImageReference reference);

    /**
     * Reads an image of a registry if that has it.
     *
     * @return absent where the registry says that it does not have it
     * @throws io.github.olympe.maven.OlympeException if that cannot be told, or the image cannot be read
     */
    Optional<WholeImage> find(ImageReference reference);

    /** Returns the rules by which {@code vet} has something to say about files of an image of a registry, by the file's absolute path. */
    Map<String, String> vetted(ImageReference reference);
}
