package io.github.olympe.maven.registry.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.time.Duration;

/**
 * The answer of a token server. The token is {@code token}, or {@code access_token} if the former is missing or empty; Jib would accept an
 * empty one ({@code RegistryQuirksTest.theAnswerOfTheTokenServer}).
 *
 * @param value the token
 * @param life how long the registry accepts it
 */
record TokenAnswer(String value, Duration life) {

    private static final int LONGEST = 1 << 20;
    /** The default of the token specification for an answer without {@code expires_in}. */
    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);

    private static final long LONGEST_LIFE = Duration.ofDays(1).toSeconds();

    static TokenAnswer read(Answer answer) throws IOException, RegistryFailure {
        JsonNode json;
        try {
            json = ForeignText.json(answer.text(LONGEST));
        } catch (ForeignText.Malformed e) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.TRANSIENT,
                    "the token server of the registry answered something that is not JSON");
        }
        String token = json.path("token").asText("");
        token = token.isEmpty() ? json.path("access_token").asText("") : token;
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED,
                    "the token server of the registry answered with a token that is invalid in a header");
        }
        if (token.isEmpty()) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED, "the token server of the registry answered without a token");
        }
        long seconds = json.path("expires_in").asLong(0);
        return new TokenAnswer(token, seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE)) : USUAL_LIFE);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "a token for " + life;
    }
}
