package io.github.olympe.maven.image.dockerfile.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern for one name in a path: {@code *} matches any text, {@code ?} any character, {@code [a-c]} one of some characters, and
 * {@code \} makes the next character an ordinary one. The time to match is at most proportional to the lengths of pattern and name
 * multiplied.
 */
public final class Wildcard {

    private final List<Part> parts;

    private Wildcard(List<Part> parts) {
        this.parts = parts;
    }

    /** A condition on one character, or any number of any characters. */
    private interface Part {
        boolean matches(char c);
    }

    private static final Part ANY_TEXT = c -> true;
    private static final Part ANY = c -> true;

    /** Returns whether a text has an unescaped special character of patterns. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '*' || c == '?' || c == '[') {
                return true;
            }
        }
        return false;
    }

    /**
     * Parses a pattern.
     *
     * @param negation the characters that negate the rest if they come first in brackets
     * @return empty if a bracket is not closed, or the last character is an escape
     */
    public static Optional<Wildcard> of(String pattern, String negation) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                parts.add(ANY_TEXT);
            } else if (c == '?') {
                parts.add(ANY);
            } else if (c == '[') {
                int end = brackets(pattern, i + 1, negation, parts);
                if (end < 0) {
                    return Optional.empty();
                }
                i = end;
            } else {
                if (c == '\\' && ++i == pattern.length()) {
                    return Optional.empty();
                }
                char literal = pattern.charAt(i);
                parts.add(other -> other == literal);
            }
        }
        return Optional.of(new Wildcard(parts));
    }

    /** Reads what is in brackets, and returns the position of the closing one, or -1 if there is none. */
    private static int brackets(String pattern, int start, String negation, List<Part> parts) {
        int i = start;
        boolean negated = i < pattern.length() && negation.indexOf(pattern.charAt(i)) >= 0;
        i += negated ? 1 : 0;
        StringBuilder ranges = new StringBuilder();
        int first = i;
        for (; i < pattern.length(); i++) {
            if (pattern.charAt(i) == ']' && i > first) {
                parts.add(c -> negated != isIn(ranges, c));
                return i;
            }
            i += pattern.charAt(i) == '\\' ? 1 : 0;
            if (i + 1 >= pattern.length()) {
                return -1;
            }
            char from = pattern.charAt(i);
            char to = from;
            if (pattern.charAt(i + 1) == '-' && i + 2 < pattern.length() && pattern.charAt(i + 2) != ']') {
                i += pattern.charAt(i + 2) == '\\' ? 3 : 2;
                if (i >= pattern.length()) {
                    return -1;
                }
                to = pattern.charAt(i);
            }
            ranges.append(from).append(to);
        }
        return -1;
    }

    private static boolean isIn(CharSequence ranges, char c) {
        for (int i = 0; i < ranges.length(); i += 2) {
            if (ranges.charAt(i) <= c && c <= ranges.charAt(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether it matches the whole name. */
    public boolean matches(String name) {
        int part = 0;
        int i = 0;
        int lastText = -1;
        int retry = 0;
        while (i < name.length()) {
            if (part < parts.size() && parts.get(part) == ANY_TEXT) {
                lastText = part++;
                retry = i;
            } else if (part < parts.size() && parts.get(part).matches(name.charAt(i))) {
                part++;
                i++;
            } else if (lastText >= 0) {
                part = lastText + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY_TEXT) {
            part++;
        }
        return part == parts.size();
    }
}
