package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images to deploy.
 *
 * @param frontend the frontend's reference
 * @param backends the backends'
 * @param codeAsData the code as data's, where it is to be deployed
 */
public record DeployImages(Optional<String> frontend, List<Backend> backends, Optional<String> codeAsData) {

    /** A reference as the registries' grammar has it: an optional host, a path, an optional tag and digest. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?/)?"
                    + "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
                    + "(?::[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?"
                    + "(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?");

    private static final int LONGEST = 600;

    /**
     * A backend's image.
     *
     * @param reference its reference
     * @param deployTo a regular expression on the names of the backends it is for
     */
    public record Backend(String reference, Optional<String> deployTo) {}

    public DeployImages {
        backends = List.copyOf(backends);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return frontend.isEmpty() && backends.isEmpty() && codeAsData.isEmpty();
    }

    /**
     * Checks an image reference.
     *
     * @param origin the parameter or variable that it is the value of
     * @return the reference, without space around it
     * @throws OlympeException if it is none
     */
    public static String reference(String origin, String text) {
        String reference = text.strip();
        if (reference.length() > LONGEST || !REFERENCE.matcher(reference).matches()) {
            throw new OlympeException(String.format(
                    "The image reference of %s is '%s'; write it as in 'registry.example.com/acme/shop-frontend:main-1a2b3c4d'.",
                    origin, reference.length() > LONGEST ? reference.substring(0, 80) + "…" : reference));
        }
        return reference;
    }
}
