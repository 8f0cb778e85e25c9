package io.github.olympe.maven.vet;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.vet.scan.Folders;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspections;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An image to inspect.
 *
 * @param name its name in the build, or its reference in a registry
 * @param role what it is for; absent for one in a registry, whose folders tell it
 * @param targets the folders that its application's files went to, where that is known
 * @param variants the image of each platform
 */
public record VettedImage(String name, Optional<Role> role, List<String> targets, List<Variant> variants) {

    public VettedImage {
        targets = List.copyOf(targets);
        variants = List.copyOf(variants);
    }

    /**
     * Returns the folders that the rules are about.
     *
     * @param served the folder that nginx serves besides its own, where the image does not tell it
     */
    Folders folders(Optional<String> served) {
        return role.orElse(Role.FRONTEND)
                .folders(targets.isEmpty() ? served.stream().toList() : targets);
    }

    /**
     * The image of one platform.
     *
     * @param platform the platform, {@code linux/amd64}
     * @param layers the layers to look at, the lowest first: those that the image adds to its base, or all of one in a registry
     * @param others those of the layers that hold no result of the build, but what else a Dockerfile copies
     * @param tars the digests of the layers' tars, by those of the layers; empty where they are not certain
     * @param blobs opens the layers
     * @param base whether the base image has a path, links to it followed; asked only where a finding depends on it
     */
    public record Variant(
            String platform,
            List<Descriptor> layers,
            Set<Digest> others,
            Map<Digest, Digest> tars,
            Inspections.Blobs blobs,
            Predicate<String> base) {

        public Variant {
            layers = List.copyOf(layers);
            others = Set.copyOf(others);
            tars = Map.copyOf(tars);
        }

        /** The same with layers whose tars are not certain. */
        public Variant(String platform, List<Descriptor> layers, Inspections.Blobs blobs, Predicate<String> base) {
            this(platform, layers, Set.of(), Map.of(), blobs, base);
        }

        /** What is in a layer. */
        InspectedLayer inspect(Descriptor layer, Inspections inspections) throws IOException {
            return inspections.of(layer, Optional.ofNullable(tars.get(layer.digest())), blobs);
        }
    }
}
