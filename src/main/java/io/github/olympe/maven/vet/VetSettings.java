package io.github.olympe.maven.vet;

import java.util.List;
import java.util.Optional;

/**
 * What the user sets for {@code vet}.
 *
 * @param allow the parameter {@code vetAllow}
 * @param served the folder of the frontend's image that its files go to; by default nginx's own
 */
public record VetSettings(List<String> allow, Optional<String> served) {

    public VetSettings {
        allow = List.copyOf(allow);
    }
}
