package io.github.olympe.maven.registry.protocol;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Thrown when a request to a registry fails. The caller decides whether to try again and what to tell the user. The message holds no
 * secret.
 */
public final class RegistryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Error codes of the distribution specification that another attempt may avoid. */
    private static final Set<String> UPLOAD_LOST = Set.of(
            "BLOB_UPLOAD_UNKNOWN",
            "BLOB_UPLOAD_INVALID",
            "DIGEST_INVALID",
            "SIZE_INVALID",
            "MANIFEST_BLOB_UNKNOWN",
            "TOOMANYREQUESTS");

    private final Kind kind;
    private final int status;
    private final transient Optional<Duration> retryAfter;
    private final transient Set<String> codes;
    private transient Optional<String> sent = Optional.empty();
    private boolean refusesCredential;

    /** What kind of failure it is. */
    public enum Kind {
        /** 401: no credentials, or not the right ones. */
        UNAUTHORIZED,
        /** 403: valid credentials without this permission. */
        FORBIDDEN,
        /** 404. */
        NOT_FOUND,
        /** Any other refusal that another attempt would not change. */
        REJECTED,
        /** The registry does not accept manifests of this media type. */
        MEDIA_TYPE,
        /** 413, mostly from a proxy in between. */
        TOO_LARGE,
        /** Connection loss, a timeout, 429, 5xx, a lost upload: another attempt may succeed. */
        TRANSIENT,
        /** Nothing listens at that host and port. */
        REFUSED,
        /** The host is unknown. */
        UNKNOWN_HOST,
        /** The server's certificate is not trusted, or not for this host. */
        CERTIFICATE,
        /** The server does not use TLS. */
        NOT_TLS,
        /** 407, or another refusal of the proxy in between. */
        PROXY
    }

    private RegistryFailure(
            Kind kind,
            int status,
            Set<String> codes,
            Optional<Duration> retryAfter,
            String message,
            Optional<? extends Throwable> cause) {
        super(message, cause.orElse(null));
        this.kind = kind;
        this.status = status;
        this.codes = Set.copyOf(codes);
        this.retryAfter = retryAfter;
    }

    /** Returns a failure without an answer of the registry. */
    public static RegistryFailure of(Kind kind, String message, Throwable cause) {
        return new RegistryFailure(kind, 0, Set.of(), Optional.empty(), message, Optional.of(cause));
    }

    /** Returns a failure that is found after the answer, such as a wrong digest. */
    public static RegistryFailure of(Kind kind, String message) {
        return new RegistryFailure(kind, 0, Set.of(), Optional.empty(), message, Optional.empty());
    }

    /**
     * Returns the failure of a refusing answer.
     *
     * @param codes the error codes in its body
     * @param message the status, and what the registry says
     */
    static RegistryFailure ofAnswer(int status, Set<String> codes, Optional<Duration> retryAfter, String message) {
        return new RegistryFailure(kind(status, codes), status, codes, retryAfter, message, Optional.empty());
    }

    private static Kind kind(int status, Set<String> codes) {
        return switch (status) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.FORBIDDEN;
            case 408, 416, 425, 429 -> Kind.TRANSIENT;
            case 407 -> Kind.PROXY;
            case 413 -> Kind.TOO_LARGE;
            default -> {
                if (status >= 500 || codes.stream().anyMatch(UPLOAD_LOST::contains)) {
                    yield Kind.TRANSIENT;
                }
                if (status == 415 || codes.contains("MANIFEST_INVALID")) {
                    yield Kind.MEDIA_TYPE;
                }
                yield status == 404 ? Kind.NOT_FOUND : Kind.REJECTED;
            }
        };
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the HTTP status, 0 without an answer. */
    public int status() {
        return status;
    }

    /** Returns the answer's error codes of the distribution specification, empty if it has another form. */
    public Set<String> codes() {
        return codes;
    }

    /** Returns how long the registry asks to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Returns the source of the credential that was sent with the refused request, empty if none was sent. */
    public Optional<String> sent() {
        return sent;
    }

    /** Sets the source of the credential that was sent. */
    RegistryFailure withSent(Optional<String> source) {
        sent = source;
        return this;
    }

    /** Returns whether the credential itself was refused, and not just the access. */
    public boolean refusesCredential() {
        return refusesCredential;
    }

    /** Marks the credential itself as refused. */
    RegistryFailure refusingCredential() {
        refusesCredential = true;
        return this;
    }

    /** Returns the message, never {@code null}. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Wraps this failure to pass it through Jib Core, which rethrows what its transport throws. */
    InTransport inTransport() {
        return new InTransport(this);
    }

    /** Carries a failure through methods that can only throw {@link IOException}. */
    static final class InTransport extends IOException {

        private static final long serialVersionUID = 1L;

        private final RegistryFailure failure;

        private InTransport(RegistryFailure failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }

        RegistryFailure failure() {
            return failure;
        }
    }
}
