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
 * The id of a record, which is its tag: {@code <environment>-<yyyyMMddHHmmss>-<8 hex>}. Tags sort by environment and time.
 *
 * @param environment the environment's name in a form that a tag allows, see {@link #slug}
 * @param time when the deployment began, in whole seconds; UTC in the tag
 * @param rest eight hexadecimal digits that distinguish deployments within one second: three for the fraction of the second, five random
 */
public record RecordId(String environment, Instant time, String rest) {

    private static final Pattern FORM =
            Pattern.compile("(?<environment>[a-z0-9][a-z0-9-]{0,62})-(?<time>[0-9]{14})-(?<rest>[0-9a-f]{8})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    /** Orders deployments to one environment by their start. */
    static final Comparator<RecordId> OLDEST_FIRST =
            Comparator.comparing(RecordId::time).thenComparing(RecordId::rest);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_SLUG = 63;

    /** Creates an id for a deployment that begins now. */
    static RecordId create(String environment, Instant now) {
        long part = now.getNano() * 4096L / 1_000_000_000;
        return new RecordId(
                slug(environment),
                now.truncatedTo(ChronoUnit.SECONDS),
                String.format(Locale.ROOT, "%03x%05x", part, RANDOM.nextInt(1 << 20)));
    }

    /**
     * Parses an id from a user or a record.
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

    /** Parses a tag, if it is an id. */
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
     * Returns an environment's name in lower case, with {@code -} for everything but letters and digits. If it has none of those, or is too
     * long, it gets a part of the name's digest. Other names may still give the same text; the records themselves contain the full name.
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
