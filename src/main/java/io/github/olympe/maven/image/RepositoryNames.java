package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of images in their registry: {@code <registry>/<imageName>-<name>}.
 *
 * @param registry the registry, with the path before the names; absent if images are only made for {@code docker load}
 */
public record RepositoryNames(Optional<String> registry) {

    /**
     * Returns the names for the parameter {@code registry}.
     *
     * @throws OlympeException if its value is not a registry
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
     * Returns the repository of an image. Without a registry it is only a name.
     *
     * @param name {@code shop-frontend}
     * @throws OlympeException if the result is not a valid repository
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
