package io.github.olympe.maven.vet;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.vet.scan.Folders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the user sets for {@code vet}.
 *
 * @param allow the parameter {@code vetAllow}
 * @param served the folder of the frontend's image that its files go to; by default nginx's own
 * @param image the image of a registry to look at instead of the assembled ones
 */
public record VetSettings(List<String> allow, Optional<String> served, Optional<ImageReference> image) {

    public VetSettings {
        allow = List.copyOf(allow);
    }

    /**
     * Returns the folders that the rules are about.
     *
     * @param served the folder of the frontend's image that its files go to, besides nginx's own
     */
    public static Folders folders(Optional<String> served) {
        Set<String> all = new LinkedHashSet<>(List.of(Role.FRONTEND.folder()));
        served.map(VetSettings::withoutSlashes).ifPresent(all::add);
        Set<String> applications = new LinkedHashSet<>(all);
        Stream.of(Role.values()).map(Role::folder).forEach(applications::add);
        return new Folders(List.copyOf(all), List.copyOf(applications));
    }

    private static String withoutSlashes(String path) {
        return path.replaceAll("^/+|/+$", "").replaceAll("/+", "/");
    }
}
