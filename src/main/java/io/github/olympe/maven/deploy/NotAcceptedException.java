package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when the webhook did not accept a deployment: it refused the payload or never received it. */
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

    /** Returns whether it is certain that nothing was deployed. A server that failed may have passed the payload on first. */
    public boolean isCertain() {
        return answer.isEmpty() || answer.get().status() < 500;
    }

    /** Returns the answer that refused it, if there was one. */
    public Optional<WebhookAnswer> answer() {
        return answer;
    }
}
