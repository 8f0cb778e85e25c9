package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.RegularExpression;

/**
 * The branches that something is for, as a regular expression that the whole name has to match: {@code main|master} does not match
 * {@code maintenance}.
 */
public final class BranchPattern {

    private final RegularExpression expression;

    private BranchPattern(RegularExpression expression) {
        this.expression = expression;
    }

    /**
     * A pattern with this expression.
     *
     * @param parameter the parameter it is the value of, for error messages
     * @throws OlympeException if it is not a regular expression
     */
    public static BranchPattern of(String parameter, String expression) {
        return new BranchPattern(RegularExpression.of(parameter, expression.strip(), "main|release/.*"));
    }

    /**
     * Whether this is one of them.
     *
     * @throws OlympeException if that takes too long to find out
     */
    public boolean matches(String branch) {
        return expression.matches(branch);
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
