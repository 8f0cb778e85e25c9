package io.github.olympe.maven.deploy.payload;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
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
            throw InvalidParameter.of(
                    parameter,
                    source,
                    "An empty expression would match everything by accident. Write '.*' to mean that.");
        }
        if (source.length() > RegularExpression.LONGEST) {
            throw InvalidParameter.of(
                    parameter,
                    source,
                    String.format(
                            "It has %d characters. Write an expression of at most %d.",
                            source.length(), RegularExpression.LONGEST));
        }
        try {
            return new RuleExpression(
                    source, RegularExpression.translated(parameter, source, new EcmaScriptSyntax(source).toJava(), 0));
        } catch (PatternSyntaxException e) {
            throw InvalidParameter.of(
                    parameter,
                    source,
                    String.format(
                            "It cannot be used in a deploy rule (index %d: %s). Write an expression that JavaScript reads.",
                            e.getIndex(), e.getDescription()));
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
