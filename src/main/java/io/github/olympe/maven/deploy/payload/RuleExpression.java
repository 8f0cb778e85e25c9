package io.github.olympe.maven.deploy.payload;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.RegularExpression;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a deploy rule, read as JavaScript's {@code new RegExp(…)} reads it (ECMA-262, without flags) and searched for
 * in a text as its {@code test} does. What JavaScript lacks is rejected, and so is what has an unexpected meaning there (a {@code \Z}
 * that is the letter Z) and what cannot be previewed (back references, whose groups start empty in JavaScript and unset in Java).
 */
public final class RuleExpression {

    private final String source;
    private final RegularExpression pattern;

    private RuleExpression(String source, RegularExpression pattern) {
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
        if (source.length() > RegularExpression.LONGEST) {
            throw new OlympeException(String.format(
                    "The parameter '%s' is an expression of %d characters; write one of at most %d.",
                    parameter, source.length(), RegularExpression.LONGEST));
        }
        try {
            return new RuleExpression(
                    source, RegularExpression.translated(parameter, source, new EcmaScriptSyntax(source).toJava(), 0));
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
        return pattern.find(text);
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
