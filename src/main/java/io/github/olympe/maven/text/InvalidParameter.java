package io.github.olympe.maven.text;

import io.github.olympe.maven.OlympeException;

/**
 * Errors about a parameter, all in one form: what is wrong, with the value, then what to do.
 *
 * <p>A parameter is named as the user writes it in the pom ({@code backends/backend/platforms}), and may be followed by its property in
 * parentheses: {@code snapshotTimeout (olympe.snapshot.timeout)}.
 */
public final class InvalidParameter {

    private static final int LONGEST_VALUE = 200;

    private InvalidParameter() {}

    /**
     * {@code Invalid value for 'platforms': 'linux/foo'. Use one of linux/amd64, linux/arm64.}
     *
     * @param value the value as the user wrote it; it is shown on one line and shortened. Never a secret
     * @param advice one or two sentences: what is wrong, unless the value shows it, and what to do
     */
    public static OlympeException of(String parameter, Object value, String advice) {
        return new OlympeException("Invalid value for " + quoted(parameter) + ": '"
                + OneLine.of(String.valueOf(value), LONGEST_VALUE) + "'. " + advice);
    }

    /**
     * Does what {@link #of} does, for a value that may contain a password:
     * {@code Invalid value for 'deployUrl' (not shown, since it may contain a password). …}
     */
    public static OlympeException hidden(String parameter, String advice) {
        return new OlympeException(
                "Invalid value for " + quoted(parameter) + " (not shown, since it may contain a password). " + advice);
    }

    /** {@code Missing parameter 'registry'. Set it to …} */
    public static OlympeException missing(String parameter, String advice) {
        return new OlympeException("Missing parameter " + quoted(parameter) + ". " + advice);
    }

    /** Names a parameter inside a sentence: {@code the parameter 'registry' (olympe.registry)}. */
    public static String inText(String parameter) {
        return "the parameter " + quoted(parameter);
    }

    /** Returns the name in quotes, with its property after it: {@code 'registry' (olympe.registry)}. */
    public static String quoted(String parameter) {
        int property = parameter.indexOf(" (olympe.");
        return property < 0
                ? "'" + parameter + "'"
                : "'" + parameter.substring(0, property) + "'" + parameter.substring(property);
    }
}
