package io.github.olympe.maven.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the header {@code Retry-After} (RFC 9110, 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** Returns how long a server asks to wait, at most a day, or empty if the value is neither a number nor a date. */
    public static Optional<Duration> of(String value) {
        try {
            long seconds = Math.max(0, Long.parseLong(value.strip()));
            return Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
        } catch (NumberFormatException e) {
            return until(value.strip());
        }
    }

    private static Optional<Duration> until(String date) {
        try {
            Instant instant = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), instant);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
