package io.github.olympe.maven.registry.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.tools.jib.api.RegistryException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.HttpFailure;
import io.github.olympe.maven.http.RetryAfter;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Turns refusing answers and connection failures into a {@link RegistryFailure}, whose message holds no secret. */
record RegistryErrors(SecretMask mask) {

    /** The most bytes that are read of a refusing answer. */
    static final int LONGEST_ERROR = 8 << 10;

    private static final int SHOWN_OF_ERROR = 300;
    private static final Pattern TWO_DIGESTS = Pattern.compile("(sha256:[0-9a-f]{64}).*(sha256:[0-9a-f]{64})");
    private static final Pattern REFUSED_BY_PROXY =
            Pattern.compile("CONNECT refused by proxy: HTTP/\\S+ (\\d{3})(.{0,60})");

    /** Converts a failure of Jib Core or of our transport below it. */
    RegistryFailure of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryFailure.InTransport inTransport) {
                return inTransport.failure();
            }
            if (cause instanceof HttpResponseException answer) {
                return of(
                        answer.getStatusCode(),
                        String.valueOf(answer.getStatusMessage()),
                        Optional.ofNullable(answer.getHeaders().getRetryAfter()),
                        answer.getContent() == null ? "" : answer.getContent());
            }
        }
        if (e.getCause() instanceof RegistryException) {
            // The only fault that Jib finds in a received blob.
            Matcher digests = TWO_DIGESTS.matcher(String.valueOf(e.getCause().getMessage()));
            return RegistryFailure.of(
                    Kind.TRANSIENT,
                    digests.find()
                            ? "the blob has the digest " + digests.group(1) + " instead of " + digests.group(2)
                            : "the blob has the wrong digest",
                    e);
        }
        return e instanceof IOException connection
                ? ofConnection(connection)
                : RegistryFailure.of(Kind.REJECTED, shortened(String.valueOf(e.getMessage())), e);
    }

    private RegistryFailure ofConnection(IOException failed) {
        IOException e = failed instanceof HttpFailure failure ? failure.reason() : failed;
        // Masked before it is cut, which could leave half a secret.
        String what = mask.mask(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        if (e instanceof UnknownHostException) {
            return RegistryFailure.of(Kind.UNKNOWN_HOST, "there is no such host", e);
        }
        if (e instanceof InterruptedIOException) {
            return RegistryFailure.of(Kind.TRANSIENT, "no answer came in time (" + what + ")", e);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return what.toLowerCase(Locale.ROOT).contains("timed out")
                    ? RegistryFailure.of(Kind.TRANSIENT, "no connection was made in time", e)
                    : RegistryFailure.of(Kind.REFUSED, "the connection was refused", e);
        }
        Matcher refusedByProxy = REFUSED_BY_PROXY.matcher(what);
        if (refusedByProxy.find()) {
            return RegistryFailure.ofAnswer(
                    Integer.parseInt(refusedByProxy.group(1)) < 500 ? 407 : 502,
                    Set.of(),
                    Optional.empty(),
                    refusedByProxy.group(1) + refusedByProxy.group(2));
        }
        if (e instanceof SSLException) {
            if (causedBy(e, CertificateException.class) || e instanceof SSLPeerUnverifiedException) {
                return RegistryFailure.of(Kind.CERTIFICATE, certificateProblem(e), e);
            }
            if (what.contains("Unsupported or unrecognized SSL message") || what.contains("plaintext connection")) {
                return RegistryFailure.of(Kind.NOT_TLS, "it does not use TLS", e);
            }
        }
        return RegistryFailure.of(Kind.TRANSIENT, "the connection was lost (" + what + ")", e);
    }

    private static String certificateProblem(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Fails unless the answer has a status of success. Registries differ in which one they use. */
    void requireSuccess(Answer answer) throws RegistryFailure {
        if (answer.status() / 100 != 2) {
            throw of(answer);
        }
    }

    /** Reads the failure from an answer and closes it. */
    RegistryFailure of(Answer refusal) {
        try (Answer answer = refusal) {
            return of(answer.status(), answer.reason(), answer.header("Retry-After"), answer.text(LONGEST_ERROR));
        } catch (IOException e) {
            return ofConnection(e);
        }
    }

    private RegistryFailure of(int status, String reason, Optional<String> retryAfter, String content) {
        Set<String> codes = new LinkedHashSet<>();
        String said = said(content, codes);
        String masked = mask.mask(reason);
        String message = status + (masked.isEmpty() ? "" : " " + masked) + (said.isEmpty() ? "" : ": " + said);
        return RegistryFailure.ofAnswer(status, codes, retryAfter.flatMap(RetryAfter::of), message);
    }

    private String said(String text, Set<String> codes) {
        try {
            StringBuilder said = new StringBuilder();
            for (JsonNode error : Json.parse(text).path("errors")) {
                codes.add(error.path("code").asText());
                said.append(said.isEmpty() ? "" : "; ")
                        .append(error.path("code").asText())
                        .append(": ")
                        .append(error.path("message").asText(""));
            }
            if (!said.isEmpty()) {
                return shortened(said.toString());
            }
        } catch (IOException e) {
            // Not the registry's own answer but a proxy's page.
        }
        return shortened(text.replaceAll("(?s)<[^>]*>", " "));
    }

    private String shortened(String text) {
        String line = mask.mask(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return OneLine.of(line, SHOWN_OF_ERROR);
    }
}
