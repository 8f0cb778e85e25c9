package io.github.olympe.maven.text;

import java.util.regex.PatternSyntaxException;

/**
 * Inserts empty lookaheads into an expression: at the beginning of each group and alternative, and before each anchor and escape. They
 * match everywhere, and a quantifier that follows still applies to the same element.
 */
final class Probes {

    private static final String PROBE = "(?=)";

    private final String expression;
    private final StringBuilder probed = new StringBuilder();
    private int at;

    private Probes(String expression) {
        this.expression = expression;
    }

    /**
     * Returns the expression with lookaheads.
     *
     * @param expression an expression that Java compiles
     * @throws PatternSyntaxException if it uses the flag {@code x}
     */
    static String in(String expression) {
        return new Probes(expression).probed();
    }

    private String probed() {
        while (at < expression.length()) {
            switch (expression.charAt(at)) {
                case '(' -> {
                    copy(groupStart());
                    probed.append(PROBE);
                }
                case '|' -> {
                    copy(1);
                    probed.append(PROBE);
                }
                case '^', '$' -> {
                    probed.append(PROBE);
                    copy(1);
                }
                case '\\' -> {
                    probed.append(expression.startsWith("\\Q", at) ? "" : PROBE);
                    escape();
                }
                case '[' -> characterClass();
                default -> copy(1);
            }
        }
        return probed.toString();
    }

    private void copy(int length) {
        int end = Math.min(expression.length(), at + length);
        probed.append(expression, at, end);
        at = end;
    }

    /** Returns the length of a group's opening: {@code (}, {@code (?:}, {@code (?<name>}, {@code (?<!}, {@code (?i:}, {@code (?i)}. */
    private int groupStart() {
        if (!expression.startsWith("(?", at)) {
            return 1;
        }
        int end = at + 2;
        if (expression.startsWith("<=", end) || expression.startsWith("<!", end)) {
            return 4;
        }
        if (expression.startsWith("<", end)) {
            return Math.max(end, expression.indexOf('>', end)) + 1 - at;
        }
        while (end < expression.length()
                && (Character.isLetter(expression.charAt(end)) || expression.charAt(end) == '-')) {
            if (expression.charAt(end) == 'x') {
                // With this flag, Java skips blanks and comments between almost any two characters, even in classes and
                // names.
                throw new PatternSyntaxException("the flag x for comments is not supported", expression, end);
            }
            end++;
        }
        return end + 1 - at;
    }

    private void escape() {
        if (expression.startsWith("\\Q", at)) {
            int end = expression.indexOf("\\E", at + 2);
            copy(end < 0 ? expression.length() : end + 2 - at);
        } else {
            copy(expression.startsWith("\\c", at) ? 3 : 2);
        }
    }

    /** Copies a character class unchanged, with the classes inside it. A {@code ]} at its beginning is a literal. */
    private void characterClass() {
        int depth = 0;
        do {
            switch (expression.charAt(at)) {
                case '\\' -> escape();
                case ']' -> {
                    depth--;
                    copy(1);
                }
                case '[' -> {
                    depth++;
                    copy(expression.startsWith("[^", at) ? 2 : 1);
                    if (expression.startsWith("]", at)) {
                        copy(1);
                    }
                }
                default -> copy(1);
            }
        } while (depth > 0 && at < expression.length());
    }
}
