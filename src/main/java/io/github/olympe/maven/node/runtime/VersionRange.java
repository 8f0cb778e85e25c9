package io.github.olympe.maven.node.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as npm writes it ({@code >=18.14 <23 || ^24.1.0}), by the rules of its package {@code semver}, as far as they
 * concern released versions: comparators, {@code x} ranges, tildes, carets and hyphens.
 */
public final class VersionRange {

    private static final String PART = "(\\d{1,6}|[xX*])";
    private static final String PARTIAL =
            "v?" + PART + "(?:\\." + PART + "(?:\\." + PART + "(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?)?)?";
    private static final Pattern HYPHEN = Pattern.compile("\\s*(\\S+)\\s+-\\s+(\\S+)\\s*");
    private static final Pattern COMPARATOR = Pattern.compile("(>=|<=|>|<|=|~>|~|\\^)?\\s*" + PARTIAL);

    /** From its first version (inclusive) to {@code to} (exclusive). */
    private record Interval(NodeVersion from, Optional<NodeVersion> to) {

        boolean contains(NodeVersion version) {
            return version.compareTo(from) >= 0
                    && to.map(end -> version.compareTo(end) < 0).orElse(true);
        }
    }

    private final List<List<Interval>> alternatives;

    private VersionRange(List<List<Interval>> alternatives) {
        this.alternatives = alternatives;
    }

    /** Returns the range in {@code text}; empty if it is not a range. */
    public static Optional<VersionRange> parse(String text) {
        List<List<Interval>> alternatives = new ArrayList<>();
        for (String alternative : text.split("\\|\\|", -1)) {
            Optional<List<Interval>> intervals = alternative(alternative);
            if (intervals.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(intervals.get());
        }
        return Optional.of(new VersionRange(alternatives));
    }

    /** Returns whether a version is in the range. */
    public boolean contains(NodeVersion version) {
        return alternatives.stream()
                .anyMatch(intervals -> intervals.stream().allMatch(interval -> interval.contains(version)));
    }

    private static Optional<List<Interval>> alternative(String text) {
        Matcher hyphen = HYPHEN.matcher(text);
        if (hyphen.matches()) {
            return alternative(">=" + hyphen.group(1) + " <=" + hyphen.group(2));
        }
        List<Interval> intervals = new ArrayList<>();
        Matcher comparator = COMPARATOR.matcher(text);
        int position = skipSpace(text, 0);
        while (position < text.length()) {
            if (!comparator.find(position) || comparator.start() != position) {
                return Optional.empty();
            }
            intervals.add(interval(comparator));
            position = skipSpace(text, comparator.end());
        }
        return Optional.of(intervals);
    }

    private static int skipSpace(String text, int start) {
        int position = start;
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static Interval interval(Matcher comparator) {
        String operator = comparator.group(1) == null ? "=" : comparator.group(1);
        int major = part(comparator.group(2));
        int minor = major < 0 ? -1 : part(comparator.group(3));
        int patch = minor < 0 ? -1 : part(comparator.group(4));
        NodeVersion low = new NodeVersion(Math.max(0, major), Math.max(0, minor), Math.max(0, patch));
        NodeVersion zero = new NodeVersion(0, 0, 0);
        return switch (operator) {
            case ">=" -> new Interval(low, Optional.empty());
            case ">" ->
                new Interval(
                        major < 0 ? new NodeVersion(Integer.MAX_VALUE, 0, 0) : next(major, minor, patch),
                        Optional.empty());
            case "<" -> new Interval(zero, Optional.of(low));
            case "<=" -> new Interval(zero, major < 0 ? Optional.empty() : Optional.of(next(major, minor, patch)));
            case "~", "~>" -> new Interval(low, major < 0 ? Optional.empty() : Optional.of(next(major, minor, -1)));
            case "^" -> new Interval(low, major < 0 ? Optional.empty() : Optional.of(caret(major, minor, patch)));
            default -> new Interval(low, major < 0 ? Optional.empty() : Optional.of(next(major, minor, patch)));
        };
    }

    private static int part(@Nullable String text) {
        return text == null || !Character.isDigit(text.charAt(0)) ? -1 : Integer.parseInt(text);
    }

    /** Returns the first version after all that begin with these parts. */
    private static NodeVersion next(int major, int minor, int patch) {
        if (minor < 0) {
            return new NodeVersion(major + 1, 0, 0);
        }
        return patch < 0 ? new NodeVersion(major, minor + 1, 0) : new NodeVersion(major, minor, patch + 1);
    }

    /** A caret keeps the first part that is not zero. */
    private static NodeVersion caret(int major, int minor, int patch) {
        if (major > 0 || minor < 0) {
            return new NodeVersion(major + 1, 0, 0);
        }
        return minor > 0 || patch < 0 ? new NodeVersion(0, minor + 1, 0) : new NodeVersion(0, 0, patch + 1);
    }
}
