package io.github.olympe.maven.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be authorized: a {@code WWW-Authenticate} header (RFC 9110, 11.6.1).
 *
 * @param scheme {@code basic} or {@code bearer}, in lower case
 * @param parameters its parameters, names in lower case
 */
record AuthChallenge(String scheme, Map<String, String> parameters) {

    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9._~+-]*)(?=\\s|$|,)");
    private static final Pattern PARAMETER = Pattern.compile(
            "[\\s,]*+([A-Za-z][A-Za-z0-9_-]*+)\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]++))");

    /** The challenge that we can answer: a bearer token before a password, as docker prefers it. */
    static Optional<AuthChallenge> of(List<String> headers) {
        Optional<AuthChallenge> basic = Optional.empty();
        for (String header : headers) {
            Matcher scheme = SCHEME.matcher(header);
            if (scheme.lookingAt()) {
                AuthChallenge challenge = new AuthChallenge(
                        scheme.group(1).toLowerCase(Locale.ROOT), parameters(header.substring(scheme.end())));
                if (challenge.scheme.equals("bearer") && challenge.parameters.containsKey("realm")) {
                    return Optional.of(challenge);
                }
                if (challenge.scheme.equals("basic")) {
                    basic = Optional.of(challenge);
                }
            }
        }
        return basic;
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.lookingAt()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
            matcher.region(matcher.end(), text.length());
        }
        return parameters;
    }
}
