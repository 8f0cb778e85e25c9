package io.github.olympe.maven.vet;

import io.github.olympe.maven.registry.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * What the user sets for {@code vet}.
 *
 * @param allow the parameter {@code vetAllow}
 * @param served the folder that nginx serves besides its own, for images whose configuration does not name it
 * @param image the image of a registry to inspect instead of the assembled ones
 */
public record VetSettings(List<String> allow, Optional<String> served, Optional<ImageReference> image) {

    public VetSettings {
        allow = List.copyOf(allow);
    }
}
