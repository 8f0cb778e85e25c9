package io.github.olympe.maven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.RetryAfter;
import io.github.olympe.maven.registry.RegistryFailure.Kind;
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

/** Makes a {@link RegistryFailure} of an answer that refuses, or of a connection that failed. What it shows of them holds no secret. */
record RegistryErrors(SecretMask mask) {

    private static final int LONGEST_ERROR = 8 << 10;
    private static final int SHOWN_OF_ERROR = 300;
    private static final Pattern REFUSED_BY_PROXY =
            Pattern.compile("CONNECT refused by proxy: HTTP/\\S+ (\\d{3})(.{0,60})");

    /** The failure of a connection. */
    RegistryFailure of(IOException e) {
        // Masked before anything is cut off, which would leave half a secret.
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
                return RegistryFailure.of(Kind.NOT_TLS, "it does not speak TLS", e);
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

    /** The failure that an answer tells of. */
    RegistryFailure of(RegistryHttp.Answer answer) throws IOException {
        Set<String> codes = new LinkedHashSet<>();
        String said = said(answer.text(LONGEST_ERROR), codes);
        String reason = mask.mask(answer.reason());
        String message = answer.status() + (reason.isEmpty() ? "" : " " + reason) + (said.isEmpty() ? "" : ": " + said);
        return RegistryFailure.ofAnswer(
                answer.status(), codes, answer.header("Retry-After").flatMap(RetryAfter::of), message);
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
            // Not a registry's own answer, but some proxy's page.
        }
        return shortened(text.replaceAll("(?s)<[^>]*>", " "));
    }

    private String shortened(String text) {
        String line = mask.mask(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return OneLine.of(line, SHOWN_OF_ERROR);
    }
}
