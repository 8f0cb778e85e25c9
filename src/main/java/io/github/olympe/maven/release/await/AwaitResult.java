package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;

/**
 * The result of waiting for an environment.
 *
 * @param state what it served at the end
 * @param sentence the same in words
 * @param after how long the wait took
 */
public record AwaitResult(State state, String sentence, Duration after) {

    /** What an environment serves. */
    public enum State {
        /** The frontend that was deployed. */
        SERVED,
        /** The one that it served before. */
        OLD,
        /** Neither of them. */
        OTHER,
        /** It answers with an error. */
        ERROR,
        /** It does not answer. */
        NO_ANSWER
    }

    /** Returns whether the environment did not serve the deployed frontend in time. */
    public boolean failed() {
        return state != State.SERVED;
    }

    /**
     * Requires that the environment serves what was deployed.
     *
     * @throws OlympeException if it does not
     */
    public void requireServed() {
        if (failed()) {
            throw new OlympeException(sentence);
        }
    }
}
