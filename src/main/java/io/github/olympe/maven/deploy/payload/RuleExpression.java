package io.github.olympe.maven.deploy.payload;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.RegularExpression;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a deploy rule, read as JavaScript's {@code new RegExp(…)} reads it (ECMA-262, without flags) and searched for in
 * a text as its {@code test} does. Rejected are constructs that JavaScript lacks, constructs with an unexpected meaning there (a {@code \Z}
 * is the letter Z), and constructs that cannot be previewed (back references, whose groups start empty in JavaScript and unset in Java).
 */
public final class RuleExpression {

    private final String source;
    private final RegularExpression pattern;

    private RuleExpression(String source, RegularExpression pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * Reads an expression.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws OlympeException if JavaScript cannot read it, or gives it another meaning than it seems to have
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
     * Returns whether the text contains a match.
     *
     * @throws OlympeException if matching takes too long
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
