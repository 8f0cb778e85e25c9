package io.github.olympe.maven.text;

import io.github.olympe.maven.OlympeException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that a user wrote. Matching always ends, whereas Java's own engine may take years ({@code (a+)+b}) or run out of
 * stack.
 *
 * <p>Java's engine reads the text through a {@link CharSequence} that counts its steps. Backtracking that reads no character ({@code (|)},
 * thirty times) would not be counted. So the compiled expression has an empty lookahead on every such path, and for each lookahead Java
 * asks for the text's length.
 */
public final class RegularExpression {

    /** The longest expression allowed, in characters. */
    public static final int LONGEST = 4096;

    /** The most steps of a match: about a tenth of a second. */
    private static final int MOST_STEPS = 2_000_000;

    /** The most repetitions that numbers such as {@code {100}} may ask for, counting repetitions of repetitions. */
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
     * Compiles an expression in Java's syntax, the value of a parameter.
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
     * Compiles an expression that was translated from another kind of pattern.
     *
     * @param place the parameter or file that holds the pattern, for error messages
     * @param written the pattern as the user wrote it, for error messages
     * @param expression the pattern in Java's syntax
     * @param flags the flags of {@link Pattern}
     * @throws PatternSyntaxException if it is not a regular expression, or is too large
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
            // Java 17 compiles some of these and then fails while matching.
            throw new PatternSyntaxException("an intersection with nothing", expression, intersection);
        }
        try {
            // Compiled unchanged first, so that an error shows the right index.
            Pattern.compile(expression, flags);
            return new RegularExpression(place, written, Pattern.compile(Probes.in(expression), flags));
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("groups are nested too deeply", expression, 0);
        }
    }

    /**
     * Returns whether the expression matches the whole text.
     *
     * @throws OlympeException if matching takes too long
     */
    public boolean matches(String text) {
        return ask(text, Matcher::matches);
    }

    /**
     * Returns whether the expression matches a part of the text.
     *
     * @throws OlympeException if matching takes too long
     */
    public boolean find(String text) {
        return ask(text, Matcher::find);
    }

    private boolean ask(String text, Predicate<Matcher> question) {
        try {
            // A lookahead asks for the length only with transparent bounds, which change nothing when the region is the
            // whole text.
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

    /** A text that can be read a limited number of times. */
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
