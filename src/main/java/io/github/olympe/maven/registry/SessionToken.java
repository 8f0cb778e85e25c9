package io.github.olympe.maven.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session. Jib Core gets a name for each, which is no secret. It would also look for the granted scopes in the token itself,
 * and fail on the letters that JSON web tokens have ({@code RegistryQuirksTest.theAnswerOfTheTokenServer}).
 */
final class SessionToken {

    private static final String BEARER = "Bearer ";

    /** A token may have expired; a new one that is refused as well is not worth a third. */
    private static final int MOST_REFUSALS = 2;

    private final Map<String, String> headers = new HashMap<>();
    private @Nullable String latest;
    private int refusals;

    /** Keeps a token, and gives the name that Jib is to use for it. */
    synchronized String keep(String token) {
        String name = "token-" + headers.size();
        headers.put(BEARER + name, BEARER + token);
        latest = BEARER + token;
        return name;
    }

    /** The header for the latest token. */
    synchronized Optional<String> header() {
        return Optional.ofNullable(latest);
    }

    /** The header to send instead of the one that Jib sends. */
    synchronized String headerFor(String header) {
        return headers.getOrDefault(header, header);
    }

    /** Notes whether the registry took the latest token, and tells whether it is worth getting another one. */
    synchronized boolean isWorthRenewing(int status) {
        refusals = status == 401 ? refusals + 1 : 0;
        return refusals < MOST_REFUSALS;
    }
}
