package io.github.olympe.maven.text;

import io.github.olympe.maven.OlympeException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that a user wrote. Matching always ends: Java's own engine may take years ({@code (a+)+b}), or more stack than there
 * is.
 *
 * <p>Java's engine reads the text through a {@link CharSequence}, so that its steps can be counted. A backtracking that reads no character
 * ({@code (|)}, thirty times) goes uncounted; so the compiled expression has an empty lookahead wherever such a path can pass, and for each
 * lookahead Java asks for the text's length.
 */
public final class RegularExpression {

    /** How long an expression may be, in characters. */
    public static final int LONGEST = 4096;

    /** How often a match may look at the text: about a tenth of a second. */
    private static final int MOST_STEPS = 2_000_000;

    /** How often a part may be repeated by numbers such as {@code {100}}, counting repetitions of repetitions. */
    private static final long MOST_REPETITIONS = 1_000_000;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,10})");

    private final String place;
    private final String written;
    private final Pattern pattern;

    private RegularExpression(String place, String written, Pattern pattern) {
        this.place = place;
        this.written = written;
        this.pattern = pattern;
    }

    /**
     * An expression in Java's syntax, as the value of a parameter.
     *
     * @param parameter the parameter's name, for the error message
     * @param example an expression that makes sense for this parameter
     * @throws OlympeException if it is not a regular expression
     */
    public static RegularExpression of(String parameter, String expression, String example) {
        if (expression.length() > LONGEST) {
            throw InvalidParameter.of(
                    parameter,
                    expression,
                    String.format(
                            "It has %d characters. Write a regular expression of at most %d, such as '%s'.",
                            expression.length(), LONGEST, example));
        }
        try {
            return translated(parameter, expression, expression, 0);
        } catch (PatternSyntaxException e) {
            throw InvalidParameter.of(
                    parameter,
                    expression,
                    String.format(
                            "It is not a regular expression (%s at index %d). Write one such as '%s'.",
                            e.getDescription(), e.getIndex(), example));
        }
    }

    /**
     * An expression that was made from a pattern of another kind.
     *
     * @param place the parameter or the file that has the pattern, for error messages
     * @param written the pattern as the user wrote it, for error messages
     * @param expression the pattern in Java's syntax
     * @param flags the flags of {@link Pattern}
     * @throws PatternSyntaxException if it is not a regular expression, or too large to be used
     */
    public static RegularExpression translated(String place, String written, String expression, int flags) {
        long repetitions = 1;
        Matcher count = COUNT.matcher(expression);
        while (count.find()) {
            repetitions *= Math.max(1, Long.parseLong(count.group(1)));
            if (repetitions > MOST_REPETITIONS) {
                throw new PatternSyntaxException("too many repetitions", expression, count.start());
            }
        }
        int intersection = expression.indexOf("&&]");
        if (intersection >= 0) {
            // Java 17 compiles some of them and then fails when it matches.
            throw new PatternSyntaxException("an intersection with nothing", expression, intersection);
        }
        try {
            // Compiled as it is first, so that an error names the right index.
            Pattern.compile(expression, flags);
            return new RegularExpression(place, written, Pattern.compile(Probes.in(expression), flags));
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("too many groups within each other", expression, 0);
        }
    }

    /**
     * Whether it matches the whole text.
     *
     * @throws OlympeException if that takes too long to find out
     */
    public boolean matches(String text) {
        return ask(text, Matcher::matches);
    }

    /**
     * Whether it matches a part of the text.
     *
     * @throws OlympeException if that takes too long to find out
     */
    public boolean find(String text) {
        return ask(text, Matcher::find);
    }

    private boolean ask(String text, Predicate<Matcher> question) {
        try {
            // Only with transparent bounds does a lookahead ask for the length. They change nothing where the region is
            // the whole text.
            return question.test(
                    pattern.matcher(new Steps(text, new int[] {MOST_STEPS})).useTransparentBounds(true));
        } catch (TooManySteps | StackOverflowError e) {
            throw new OlympeException(String.format(
                    "The pattern '%s' in %s takes too long to compare with '%s'. Simplify it: avoid nested repetitions such as '(a+)+', and write"
                            + " fewer asterisks.",
                    OneLine.of(written, 200), InvalidParameter.quoted(place), OneLine.of(text, 200)));
        }
    }

    /** The expression as the user wrote it. */
    @Override
    public String toString() {
        return written;
    }

    private static final class TooManySteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that can be looked at so many times. */
    private record Steps(String text, int[] left) implements CharSequence {

        private void step() {
            if (--left[0] < 0) {
                throw new TooManySteps();
            }
        }

        @Override
        public char charAt(int index) {
            step();
            return text.charAt(index);
        }

        @Override
        public int length() {
            step();
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Steps(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
