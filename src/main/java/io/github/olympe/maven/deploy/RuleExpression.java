package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a deploy rule, read as JavaScript's {@code new RegExp(…)} reads it (ECMA-262, without flags) and searched for
 * in a text as its {@code test} does. What JavaScript lacks is rejected, and so is what it reads in a way that nobody means (a {@code \Z}
 * that is the letter Z) and what cannot be previewed (back references, whose groups start empty in JavaScript and unset in Java).
 */
public final class RuleExpression {

    private static final int LONGEST = 4096;

    /** How many characters a match may look at; an expression that backtracks without end needs more. */
    private static final int MOST_STEPS = 2_000_000;

    private final String parameter;
    private final String source;
    private final Pattern pattern;

    private RuleExpression(String parameter, String source, Pattern pattern) {
        this.parameter = parameter;
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * The expression.
     *
     * @param parameter the parameter it is the value of, for the error message
     * @throws OlympeException if JavaScript cannot read it, or reads it in another way than it looks
     */
    public static RuleExpression of(String parameter, String source) {
        if (source.isBlank()) {
            throw new OlympeException("The parameter '" + parameter
                    + "' is an empty expression, which would match everything by accident; write '.*' to mean that.");
        }
        if (source.length() > LONGEST) {
            throw new OlympeException(String.format(
                    "The parameter '%s' is an expression of %d characters; write one of at most %d.",
                    parameter, source.length(), LONGEST));
        }
        try {
            return new RuleExpression(parameter, source, Pattern.compile(new EcmaScriptSyntax(source).toJava()));
        } catch (PatternSyntaxException e) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the expression '%s', which cannot be used in a deploy rule: %s at index %d;"
                            + " write one that JavaScript reads.",
                    parameter, source, e.getDescription(), e.getIndex()));
        }
    }

    /**
     * Whether the text has a match in it.
     *
     * @throws OlympeException if that cannot be found out in reasonable time
     */
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Steps(text, new int[] {MOST_STEPS})).find();
        } catch (TooManySteps | StackOverflowError e) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the expression '%s', which takes too long to compare with '%s';"
                            + " write it without nested repetitions such as '(a+)+'.",
                    parameter, source, text));
        }
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return source;
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
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
