package io.github.olympe.maven.text;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;

/** Reads parameters that are a number of seconds. */
public final class Seconds {

    private Seconds() {}

    /**
     * Returns the duration that a parameter sets.
     *
     * @throws OlympeException if it is not a positive number, or too long for a timer
     */
    public static Duration of(String parameter, String property, long seconds) {
        if (seconds <= 0 || seconds > Integer.MAX_VALUE) {
            throw InvalidParameter.of(parameter + " (" + property + ")", seconds, "Give a number of seconds above 0.");
        }
        return Duration.ofSeconds(seconds);
    }
}
