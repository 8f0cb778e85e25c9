package io.github.olympe.maven.registry.protocol;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a registry that failed, before it is known whether another attempt is worth while and what the user gets to read. Its message
 * holds no secret.
 */
public final class RegistryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Error codes of the distribution specification that another attempt may do without. */
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
        /** 403: the right credentials for something else. */
        FORBIDDEN,
        /** 404. */
        NOT_FOUND,
        /** Any other answer that says no and will say no again. */
        REJECTED,
        /** The registry does not take manifests of this media type. */
        MEDIA_TYPE,
        /** 413: a proxy in between, most often. */
        TOO_LARGE,
        /** Connection loss, a timeout, 429, 5xx, a lost upload: another attempt may succeed. */
        TRANSIENT,
        /** Nobody listens at that host and port. */
        REFUSED,
        /** No such host. */
        UNKNOWN_HOST,
        /** The server's certificate is not trusted, or not for this host. */
        CERTIFICATE,
        /** The server speaks plain HTTP. */
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

    /** A failure without an answer of the registry. */
    public static RegistryFailure of(Kind kind, String message, Throwable cause) {
        return new RegistryFailure(kind, 0, Set.of(), Optional.empty(), message, Optional.of(cause));
    }

    /** A failure that shows only after the answer, such as a digest that is not the one asked for. */
    public static RegistryFailure of(Kind kind, String message) {
        return new RegistryFailure(kind, 0, Set.of(), Optional.empty(), message, Optional.empty());
    }

    /**
     * An answer that says no.
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

    /** The HTTP status, 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** The error codes in the answer, as the distribution specification has them; none where it has another form. */
    public Set<String> codes() {
        return codes;
    }

    /** How long the registry asks to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Where the credential came from that was sent with the refused request; empty where none was. */
    public Optional<String> sent() {
        return sent;
    }

    /** Notes where the credential came from that was sent. */
    RegistryFailure withSent(Optional<String> source) {
        sent = source;
        return this;
    }

    /** Whether it is the credential that was refused, and not what was asked for with it. */
    public boolean refusesCredential() {
        return refusesCredential;
    }

    /** Notes that the credential itself was refused. */
    RegistryFailure refusingCredential() {
        refusesCredential = true;
        return this;
    }

    /** Its message, never {@code null}. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** This failure on its way through Jib Core, which hands on what its transport throws. */
    InTransport inTransport() {
        return new InTransport(this);
    }

    /** Carries a failure through methods that throw input and output errors alone. */
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
