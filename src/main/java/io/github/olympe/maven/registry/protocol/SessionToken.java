package io.github.olympe.maven.registry.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session. Jib Core gets only a name for each, which is not secret. Otherwise it would look for the granted scopes in the
 * token itself, and fail on characters that JSON web tokens contain ({@code RegistryQuirksTest.theAnswerOfTheTokenServer}).
 */
final class SessionToken {

    private static final String BEARER = "Bearer ";
    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(10);

    private final Map<String, Issued> byName = new HashMap<>();
    private final Map<String, Issued> byHeader = new HashMap<>();
    private @Nullable Issued latest;
    private boolean refused;

    /** A token. */
    private static final class Issued {

        private final String header;
        private final Instant renewAt;
        private final boolean insteadOfRefused;
        private boolean accepted;

        Issued(String header, Instant renewAt, boolean insteadOfRefused) {
            this.header = header;
            this.renewAt = renewAt;
            this.insteadOfRefused = insteadOfRefused;
        }
    }

    /** Keeps a token, and returns the name that Jib uses for it. */
    synchronized String keep(TokenAnswer token) {
        Duration life = token.life();
        Duration margin = life.compareTo(BEFORE_EXPIRY.multipliedBy(2)) > 0 ? BEFORE_EXPIRY : life.dividedBy(2);
        Issued issued =
                new Issued(BEARER + token.value(), Instant.now().plus(life).minus(margin), refused);
        String name = "token-" + byName.size();
        byName.put(BEARER + name, issued);
        byHeader.put(issued.header, issued);
        latest = issued;
        return name;
    }

    /** Returns whether the latest token expires soon. Jib gets a new one only after a refusal, perhaps in the middle of a large layer. */
    synchronized boolean isEnding() {
        return latest != null && Instant.now().isAfter(latest.renewAt);
    }

    /** Returns the header for the latest token. */
    synchronized Optional<String> header() {
        return Optional.ofNullable(latest).map(token -> token.header);
    }

    /** Returns the header to send in place of Jib's. */
    synchronized String headerFor(String header) {
        Issued issued = byName.get(header);
        return issued == null ? header : issued.header;
    }

    /**
     * Notes whether the registry accepted a token, and returns whether fetching another one makes sense. It does not if a fresh token,
     * fetched after a refusal, is refused at once too. Jib would fetch five and send a blob as often.
     */
    synchronized boolean isWorthRenewing(String header, int status) {
        Issued issued = byHeader.get(header);
        if (issued == null) {
            return true;
        }
        refused = status == 401;
        issued.accepted |= !refused;
        return !refused || issued.accepted || !issued.insteadOfRefused;
    }
}
