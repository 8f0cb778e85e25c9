package io.github.olympe.maven.image.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.OneLine;

/**
 * An image of a registry, and the parameter by which the user named it.
 *
 * @param parameter the parameter to correct if the image cannot be used, such as {@code the parameter 'baseImage' of …}
 */
record PulledImage(ImageReference reference, String parameter) {

    private static final int LONGEST = 100;

    /** Returns the error for an invalid manifest or configuration of the image. */
    OlympeException invalid(String problem) {
        return new OlympeException(
                "The image '" + reference + "' has " + problem + "; choose another in " + parameter + ".");
    }

    /** Returns the digest of a descriptor. */
    Digest digest(JsonNode descriptor) {
        return digest(descriptor.path("digest").asText());
    }

    /** Returns a digest. */
    Digest digest(String text) {
        return Digest.parse(text)
                .orElseThrow(() ->
                        invalid("a manifest with the digest '" + OneLine.of(text, LONGEST) + "', which is not valid"));
    }
}
