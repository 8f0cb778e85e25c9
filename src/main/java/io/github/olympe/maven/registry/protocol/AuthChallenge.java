package io.github.olympe.maven.registry.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants requests to be authorized: a {@code WWW-Authenticate} header (RFC 9110, 11.6.1).
 *
 * @param scheme {@code basic} or {@code bearer}, in lower case
 * @param parameters the parameters, with names in lower case
 */
public record AuthChallenge(String scheme, Map<String, String> parameters) {

    private static final Pattern SCHEME = Pattern.compile("[\\s,]*+([A-Za-z][A-Za-z0-9._~+-]*+)(?=\\s|$|,)");
    private static final Pattern PARAMETER = Pattern.compile(
            "[\\s,]*+([A-Za-z][A-Za-z0-9_-]*+)\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]++))");

    /** Returns a challenge that we can answer. Like docker, it prefers a bearer token to a password. */
    public static Optional<AuthChallenge> of(List<String> headers) {
        List<AuthChallenge> all =
                headers.stream().flatMap(header -> challenges(header).stream()).toList();
        return all.stream()
                .filter(challenge -> challenge.isBearer() && challenge.parameters.containsKey("realm"))
                .findFirst()
                .or(() -> all.stream()
                        .filter(challenge -> challenge.scheme.equals("basic"))
                        .findFirst());
    }

    /** Returns the challenges of a header, which may hold several. */
    private static List<AuthChallenge> challenges(String header) {
        List<AuthChallenge> challenges = new ArrayList<>();
        Matcher scheme = SCHEME.matcher(header);
        Matcher parameter = PARAMETER.matcher(header);
        for (int start = 0; scheme.region(start, header.length()).lookingAt(); ) {
            start = scheme.end();
            Map<String, String> parameters = new TreeMap<>();
            while (parameter.region(start, header.length()).lookingAt()) {
                String value = parameter.group(2) == null
                        ? parameter.group(3)
                        : parameter.group(2).replaceAll("\\\\(.)", "$1");
                parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
                start = parameter.end();
            }
            challenges.add(new AuthChallenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
        }
        return challenges;
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }
}
