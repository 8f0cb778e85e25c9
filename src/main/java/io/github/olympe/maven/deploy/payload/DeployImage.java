package io.github.olympe.maven.deploy.payload;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image to deploy.
 *
 * @param name the name, such as {@code frontend}
 * @param reference the reference
 * @param digest the digest, if this build pushed it
 * @param size the size of its own layers in bytes, compressed as in the registry
 * @param pushed whether it is in the registry, as far as this build knows
 */
public record DeployImage(String name, String reference, Optional<String> digest, Optional<Long> size, boolean pushed) {

    /** An image reference in the grammar of registries: an optional host, a path, an optional tag and digest. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?/)?"
                    + "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
                    + "(?::[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?"
                    + "(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?");

    private static final int LONGEST = 600;

    private static final String EXAMPLE = "registry.example.com/acme/shop-frontend:main-1a2b3c4d";

    /**
     * Returns an image that the user names and that is already in its registry.
     *
     * @param name the name
     * @param origin the parameter or variable that holds the reference
     * @throws OlympeException if it is not a reference
     */
    public static DeployImage named(String name, String origin, String reference) {
        return new DeployImage(name, reference(origin, reference), Optional.empty(), Optional.empty(), true);
    }

    /** Returns an image that this build is going to push. */
    public static DeployImage planned(String name, String reference) {
        return new DeployImage(name, reference, Optional.empty(), Optional.empty(), true);
    }

    /**
     * Checks an image reference.
     *
     * @param origin the parameter or variable that holds it
     * @return the reference, without space around it
     * @throws OlympeException if it is not one
     */
    public static String reference(String origin, String text) {
        return valid(text)
                .orElseThrow(() -> new OlympeException(String.format(
                        "The image reference of %s is '%s'. Write it as in '%s'.",
                        origin, OneLine.of(text.strip(), 200), EXAMPLE)));
    }

    /** Checks the reference that a parameter holds, as {@link #reference} does. */
    public static String ofParameter(String parameter, String text) {
        return valid(text)
                .orElseThrow(
                        () -> InvalidParameter.of(parameter, text.strip(), "Write an image as in '" + EXAMPLE + "'."));
    }

    private static Optional<String> valid(String text) {
        return Optional.of(text.strip())
                .filter(reference -> reference.length() <= LONGEST
                        && REFERENCE.matcher(reference).matches());
    }
}
