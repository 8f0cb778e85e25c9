package io.github.olympe.maven.image;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The creation time of images, from Maven's property {@code project.build.outputTimestamp}: an ISO 8601 time with an offset, or seconds
 * since 1970.
 */
public final class CreationTime {

    /** The value in the super-POM of Maven 4. It counts as no value, because Maven 3 has no default, and both must make the same image. */
    private static final String DEFAULT_OF_MAVEN_4 = "1980-02-01T00:00:00Z";

    private CreationTime() {}

    /**
     * Returns the time that the project sets.
     *
     * @param outputTimestamp the property's value. As in Maven, a single character and anything that is not a time count as no value
     */
    public static Optional<Instant> of(@Nullable String outputTimestamp) {
        String text = outputTimestamp == null ? "" : outputTimestamp.strip();
        if (text.length() < 2 || text.equals(DEFAULT_OF_MAVEN_4)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.chars().allMatch(Character::isDigit)
                            ? Instant.ofEpochSecond(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
