package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The branches that something is for, as a regular expression on a branch's whole name: {@code main|master} does not mean
 * {@code maintenance}.
 */
public final class BranchPattern {

    private final Pattern pattern;

    private BranchPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * A pattern with this expression.
     *
     * @param parameter the parameter it is the value of, for the error message
     * @throws OlympeException if it is not a regular expression
     */
    public static BranchPattern of(String parameter, String expression) {
        try {
            return new BranchPattern(Pattern.compile(expression.strip()));
        } catch (PatternSyntaxException e) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the value '%s', which is not a regular expression (%s at index %d);"
                            + " write the branches as in 'main|master' or 'release/.*'.",
                    parameter, expression, e.getDescription(), e.getIndex()));
        }
    }

    /** Whether this is one of them. */
    public boolean matches(String branch) {
        return pattern.matcher(branch).matches();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
