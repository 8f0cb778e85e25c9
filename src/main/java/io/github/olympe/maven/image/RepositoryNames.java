package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of images in their registry: {@code <registry>/<imageName>-<name>}.
 *
 * @param registry the registry, with the path that comes before names; absent where images are made for {@code docker load}
 */
public record RepositoryNames(Optional<String> registry) {

    /**
     * The names in the registry of the parameter {@code registry}.
     *
     * @throws OlympeException if it is not a registry
     */
    public static RepositoryNames in(@Nullable String registry) {
        String prefix = registry == null ? "" : registry.strip();
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        prefix = prefix.substring(0, end);
        if (prefix.contains("://")) {
            throw InvalidParameter.of(
                    "registry (olympe.registry)",
                    prefix,
                    "Write it without a protocol, as in 'registry.example.com/acme'.");
        }
        if (!prefix.isEmpty()) {
            ImageReference.ofRepository("registry (olympe.registry)", prefix + "/x");
        }
        return new RepositoryNames(Optional.of(prefix).filter(text -> !text.isEmpty()));
    }

    /**
     * Returns the repository of an image, just a name if there is no registry.
     *
     * @param name {@code shop-frontend}
     * @throws OlympeException if that is not a valid name of a repository
     */
    public String repository(String name) {
        ImageReference reference = ImageReference.ofRepository(
                "imageName (olympe.imageName)",
                registry.map(prefix -> prefix + "/").orElse("") + name);
        return registry.isEmpty() ? name : reference.toString();
    }

    /** Returns the registry's host with its port, empty if there is no registry. */
    public String host() {
        return registry.map(prefix -> ImageReference.ofRepository("registry (olympe.registry)", prefix + "/x")
                        .registry())
                .orElse("");
    }
}
