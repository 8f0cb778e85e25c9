package io.github.olympe.maven.node.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Node.js, such as 20.11.1; {@code toString()} gives it without the leading {@code v}. */
public record NodeVersion(int major, int minor, int patch) implements Comparable<NodeVersion> {

    /** The oldest that Olympe supports. */
    public static final NodeVersion OLDEST = new NodeVersion(18, 0, 0);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(-[0-9A-Za-z.-]+)?");

    /** Returns the version in {@code text}, with or without a leading {@code v}; empty if it is not a version. */
    public static Optional<NodeVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new NodeVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(NodeVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
