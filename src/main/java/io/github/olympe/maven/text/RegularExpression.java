package io.github.olympe.maven.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that a user wrote, which ends whatever it is compared with: Java's own may take longer than the sun will shine
 * ({@code (a+)+b}), or more of the stack than there is.
 */
public final class RegularExpression {

    /** How long an expression may be. */
    public static final int LONGEST = 4096;

    /** How many characters a match may look at; an expression that backtracks without end needs more. */
    private static final int MOST_STEPS = 2_000_000;

    /** How often a part may be repeated by numbers, {@code {100}}; a part that matches nothing looks at no character. */
    private static final long MOST_REPETITIONS = 1_000_000;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,10})");

    private final Pattern pattern;

    private RegularExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Comparing takes too long. */
    public static final class TakesTooLong extends Exception {

        private static final long serialVersionUID = 1L;

        private TakesTooLong() {}
    }

    /**
     * The expression.
     *
     * @throws PatternSyntaxException if it is none, or too large to be used
     */
    public static RegularExpression of(String expression) {
        return of(expression, 0);
    }

    /** As {@link #of(String)}, with the flags of {@link Pattern}. */
    public static RegularExpression of(String expression, int flags) {
        long repetitions = 1;
        Matcher count = COUNT.matcher(expression);
        while (count.find()) {
            repetitions *= Math.max(1, Long.parseLong(count.group(1)));
            if (repetitions > MOST_REPETITIONS) {
                throw new PatternSyntaxException("too many repetitions", expression, count.start());
            }
        }
        try {
            return new RegularExpression(Pattern.compile(expression, flags));
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("too many parts within each other", expression, 0);
        }
    }

    /**
     * Whether it matches the whole text.
     *
     * @throws TakesTooLong if that cannot be found out in reasonable time
     */
    public boolean matches(CharSequence text) throws TakesTooLong {
        return matcher(text, Matcher::matches);
    }

    /**
     * Whether the text has a match in it.
     *
     * @throws TakesTooLong if that cannot be found out in reasonable time
     */
    public boolean find(CharSequence text) throws TakesTooLong {
        return matcher(text, Matcher::find);
    }

    private interface Question {
        boolean of(Matcher matcher);
    }

    private boolean matcher(CharSequence text, Question question) throws TakesTooLong {
        try {
            return question.of(pattern.matcher(new Steps(text, new int[] {MOST_STEPS})));
        } catch (TooManySteps | StackOverflowError e) {
            throw new TakesTooLong();
        }
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static final class TooManySteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that can be looked at so many times. */
    private record Steps(CharSequence text, int[] left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Steps(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
