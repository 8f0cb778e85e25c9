package io.github.olympe.maven.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Slug;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.OneLine;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What identifies a record: its tag, {@code <environment>-<yyyyMMddHHmmss>-<8 hex>}. Tags sort by environment and time.
 *
 * @param environment the environment's name as a tag can have it, see {@link #slug}
 * @param time when the deployment began, in whole seconds; UTC in the tag
 * @param rest eight hexadecimal digits that tell deployments of one second apart: three of the second's part when it began, five random ones
 */
public record RecordId(String environment, Instant time, String rest) {

    private static final Pattern FORM =
            Pattern.compile("(?<environment>[a-z0-9][a-z0-9-]{0,62})-(?<time>[0-9]{14})-(?<rest>[0-9a-f]{8})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    /** Orders deployments to one environment by when they began. */
    static final Comparator<RecordId> OLDEST_FIRST =
            Comparator.comparing(RecordId::time).thenComparing(RecordId::rest);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_SLUG = 63;

    /** Returns a new one for a deployment that begins now. */
    static RecordId create(String environment, Instant now) {
        long part = now.getNano() * 4096L / 1_000_000_000;
        return new RecordId(
                slug(environment),
                now.truncatedTo(ChronoUnit.SECONDS),
                String.format(Locale.ROOT, "%03x%05x", part, RANDOM.nextInt(1 << 20)));
    }

    /**
     * Returns the one that a user or a record names.
     *
     * @throws OlympeException if it is not one
     */
    @JsonCreator
    public static RecordId of(String text) {
        return find(text.strip())
                .orElseThrow(() -> new OlympeException("'" + OneLine.of(text, 200)
                        + "' is not a record; write it as 'mvn olympe:history' shows it, such as"
                        + " 'production-20261126064015-1a2b3c4d'."));
    }

    /** Returns the one that this tag is, if it is one. */
    static Optional<RecordId> find(String tag) {
        Matcher matcher = FORM.matcher(tag);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RecordId(
                    matcher.group("environment"),
                    LocalDateTime.parse(matcher.group("time"), TIME).toInstant(ZoneOffset.UTC),
                    matcher.group("rest")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns an environment's name in lower case, with {@code -} for what is not a letter or digit. A name without one, and one that is too
     * long, is told from others by a part of its digest; other names may come to the same text, and the records themselves tell them apart.
     */
    static String slug(String environment) {
        String slug = Slug.of(environment, Integer.MAX_VALUE);
        if (!slug.isEmpty() && slug.length() <= LONGEST_SLUG) {
            return slug;
        }
        String digest = Digest.of(environment).shortHex();
        return slug.isEmpty() ? digest : slug.substring(0, LONGEST_SLUG - digest.length() - 1) + "-" + digest;
    }

    /** Returns whether this deployment began after another one. */
    public boolean isNewerThan(RecordId other) {
        return OLDEST_FIRST.compare(this, other) > 0;
    }

    /** Returns the tag. */
    @Override
    @JsonValue
    public String toString() {
        return environment + "-" + TIME.format(time.atOffset(ZoneOffset.UTC)) + "-" + rest;
    }
}
