package io.github.olympe.maven.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a server is waited for.
 *
 * @param connect to make a connection
 * @param silence while nothing comes, or next to nothing comes and goes, on a connection
 * @param whole how long a request may take in all; empty where that depends on its size
 */
public record HttpTimeouts(Duration connect, Duration silence, Optional<Duration> whole) {

    private static final int LEAST_BYTES_PER_SECOND = 1024;

    /** Twenty seconds to connect, a minute of silence. */
    public static HttpTimeouts standard() {
        return new HttpTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Optional.empty());
    }

    /** How many bytes of content a request that is not over has to send or get in the time of {@link #silence()}: a kibibyte a second. */
    public long leastBytes() {
        return silence.toMillis() * LEAST_BYTES_PER_SECOND / 1000;
    }
}
