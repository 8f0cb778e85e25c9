package io.github.olympe.maven.http;

import java.io.IOException;

/** A request that got no answer. Its cause says why. */
public final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final boolean late;

    HttpFailure(String message, IOException cause, boolean sent, boolean late) {
        super(message, cause);
        this.sent = sent;
        this.late = late;
    }

    /** Whether the server may have seen the request, or a part of it. */
    public boolean wasSent() {
        return sent;
    }

    /** Whether the request was ended because it took longer than the time limit for the whole of it. */
    public boolean isLate() {
        return late;
    }

    /** What went wrong with the connection. */
    public IOException reason() {
        return getCause() instanceof IOException cause ? cause : this;
    }
}
