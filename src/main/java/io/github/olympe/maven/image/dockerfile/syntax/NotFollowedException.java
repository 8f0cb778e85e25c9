package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;

/** An instruction that docker may follow and the plugin cannot. It is a mistake only in a stage that the image needs. */
final class NotFollowedException extends OlympeException {

    private static final long serialVersionUID = 1L;

    NotFollowedException(String message) {
        super(message);
    }
}
