package io.github.olympe.maven.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for a server.
 *
 * @param connect to make a connection
 * @param silence how long a connection may carry nothing, or next to nothing
 * @param whole how long a request may take in all; empty if that depends on its size
 */
public record HttpTimeouts(Duration connect, Duration silence, Optional<Duration> whole) {

    private static final int LEAST_BYTES_PER_SECOND = 1024;

    /** Returns twenty seconds to connect and a minute of silence. */
    public static HttpTimeouts standard() {
        return new HttpTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Optional.empty());
    }

    /** Returns how many bytes of content an unfinished request must transfer in the time of {@link #silence()}: a kibibyte a second. */
    public long leastBytes() {
        return silence.toMillis() * LEAST_BYTES_PER_SECOND / 1000;
    }
}
