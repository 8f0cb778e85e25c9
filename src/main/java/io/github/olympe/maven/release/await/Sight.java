package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Digest;
import java.util.Optional;

/**
 * An environment's answer to a request for a file.
 *
 * @param status the HTTP status, 0 without an answer
 * @param content the digest of the content if the status is a success
 * @param failure why there was no answer, a part of a sentence
 */
public record Sight(int status, Optional<Digest> content, String failure) {

    static Sight of(Digest content) {
        return new Sight(200, Optional.of(content), "");
    }

    static Sight error(int status) {
        return new Sight(status, Optional.empty(), "");
    }

    static Sight noAnswer(String failure) {
        return new Sight(0, Optional.empty(), failure);
    }

    /** Returns whether there was an answer. */
    boolean isAnswer() {
        return status > 0;
    }
}
