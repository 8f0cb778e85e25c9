package io.github.olympe.maven.registry;

import java.time.Duration;

/**
 * How long a registry is waited for.
 *
 * @param connect to make a connection
 * @param silence while nothing comes, or next to nothing comes and goes, on a connection
 */
public record RegistryTimeouts(Duration connect, Duration silence) {

    /** Twenty seconds to connect, a minute of silence. */
    public static RegistryTimeouts standard() {
        return new RegistryTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    /** How many bytes of content a request that is not over has to send or get in the time of {@link #silence()}: a kibibyte a second. */
    public long leastBytes() {
        return silence.toMillis() * 1024 / 1000;
    }
}
