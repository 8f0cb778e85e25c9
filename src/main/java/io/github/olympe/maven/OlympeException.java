package io.github.olympe.maven;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can act on. Its message is complete: it names the parameter or the file, shows the value, and says what to do.
 * A goal fails the build with that message alone.
 */
public class OlympeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OlympeException(String message) {
        super(message);
    }

    public OlympeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
