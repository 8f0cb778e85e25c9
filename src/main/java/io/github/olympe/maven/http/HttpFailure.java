package io.github.olympe.maven.http;

import java.io.IOException;

/** Thrown when a request gets no answer. The cause says why. */
public final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final boolean late;

    HttpFailure(String message, IOException cause, boolean sent, boolean late) {
        super(message, cause);
        this.sent = sent;
        this.late = late;
    }

    /** Returns whether the server may have seen the request or a part of it. */
    public boolean wasSent() {
        return sent;
    }

    /** Returns whether the request was aborted because it took longer than the time limit for whole requests. */
    public boolean isLate() {
        return late;
    }

    /** Returns what went wrong with the connection. */
    public IOException reason() {
        return getCause() instanceof IOException cause ? cause : this;
    }
}
