package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.RegularExpression;

/**
 * A set of branches, given as a regular expression that must match the whole name: {@code main|master} does not match {@code maintenance}.
 */
public final class BranchPattern {

    private final RegularExpression expression;

    private BranchPattern(RegularExpression expression) {
        this.expression = expression;
    }

    /**
     * Returns a pattern with this expression.
     *
     * @param parameter the parameter that sets the expression, for error messages
     * @throws OlympeException if it is not a regular expression
     */
    public static BranchPattern of(String parameter, String expression) {
        return new BranchPattern(RegularExpression.of(parameter, expression.strip(), "main|release/.*"));
    }

    /**
     * Returns whether a branch is one of them.
     *
     * @throws OlympeException if matching takes too long
     */
    public boolean matches(String branch) {
        return expression.matches(branch);
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
