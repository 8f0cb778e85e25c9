package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.RegularExpression;
import java.util.regex.PatternSyntaxException;

/**
 * The branches that something is for, as a regular expression on a branch's whole name: {@code main|master} does not mean
 * {@code maintenance}.
 */
public final class BranchPattern {

    private final String parameter;
    private final RegularExpression expression;

    private BranchPattern(String parameter, RegularExpression expression) {
        this.parameter = parameter;
        this.expression = expression;
    }

    /**
     * A pattern with this expression.
     *
     * @param parameter the parameter it is the value of, for the error message
     * @throws OlympeException if it is not a regular expression
     */
    public static BranchPattern of(String parameter, String expression) {
        if (expression.length() > RegularExpression.LONGEST) {
            throw new OlympeException(String.format(
                    "The parameter '%s' is a regular expression of %d characters; write one of at most %d.",
                    parameter, expression.length(), RegularExpression.LONGEST));
        }
        try {
            return new BranchPattern(parameter, RegularExpression.of(expression.strip()));
        } catch (PatternSyntaxException e) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the value '%s', which is not a regular expression (%s at index %d);"
                            + " write the branches as in 'main|master' or 'release/.*'.",
                    parameter, expression, e.getDescription(), e.getIndex()));
        }
    }

    /**
     * Whether this is one of them.
     *
     * @throws OlympeException if that cannot be found out in reasonable time
     */
    public boolean matches(String branch) {
        try {
            return expression.matches(branch);
        } catch (RegularExpression.TakesTooLong e) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the expression '%s', which takes too long to compare with the branch '%s'; write it without"
                            + " nested repetitions such as '(a+)+'.",
                    parameter, expression, OneLine.of(branch, 200)));
        }
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
