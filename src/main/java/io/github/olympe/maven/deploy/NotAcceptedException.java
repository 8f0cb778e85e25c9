package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment that the webhook did not accept: it refused the payload, or never got it. */
public final class NotAcceptedException extends OlympeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<WebhookAnswer> answer;

    NotAcceptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.answer = Optional.empty();
    }

    NotAcceptedException(String message, WebhookAnswer answer) {
        super(message);
        this.answer = Optional.of(answer);
    }

    /** Returns whether nothing was deployed for certain. A server that failed may have passed the payload on before it did. */
    public boolean isCertain() {
        return answer.isEmpty() || answer.get().status() < 500;
    }

    /** Returns the answer that refuses it, if there was one. */
    public Optional<WebhookAnswer> answer() {
        return answer;
    }
}
