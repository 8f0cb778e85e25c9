package io.github.olympe.maven.registry;

import java.time.Duration;

/**
 * How long a registry is waited for.
 *
 * @param connect to make a connection
 * @param silence while nothing comes, or nothing is taken, on a connection
 */
public record RegistryTimeouts(Duration connect, Duration silence) {

    /** Twenty seconds to connect, a minute of silence. */
    public static RegistryTimeouts standard() {
        return new RegistryTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }
}
