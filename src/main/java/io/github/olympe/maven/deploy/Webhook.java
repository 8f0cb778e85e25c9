package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Body;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpFailure;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.process.Ticker;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Sends a payload to a deploy webhook, <strong>never again</strong> once it may have been accepted. The request is repeated only if no
 * connection was made, or if the answer was a 429 or 503 that says when to try again.
 */
public final class Webhook {

    private static final int MOST_ATTEMPTS = 3;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LONGEST_REASON = 500;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(20);
    private static final Duration PROGRESS = Duration.ofSeconds(15);

    private final String userAgent;
    private final Duration timeout;
    private final HttpProxies proxies;
    private final SecretMask mask;
    private final Pause pause;

    /** Waits between attempts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /**
     * Creates a client for webhooks.
     *
     * @param userAgent the value of the header {@code User-Agent}
     * @param timeout how long the webhook may take to answer, and the longest wait before another attempt
     * @param mask hides secrets in answers
     */
    public Webhook(String userAgent, Duration timeout, HttpProxies proxies, SecretMask mask) {
        this(userAgent, timeout, proxies, mask, duration -> Thread.sleep(duration.toMillis()));
    }

    Webhook(String userAgent, Duration timeout, HttpProxies proxies, SecretMask mask, Pause pause) {
        this.userAgent = userAgent;
        this.timeout = timeout;
        this.proxies = proxies;
        this.mask = mask;
        this.pause = pause;
    }

    /**
     * Posts the payload.
     *
     * @return the answer, whatever its status
     * @throws OlympeException if there was none; the message says whether anything was sent
     */
    WebhookAnswer post(DeployUrl url, Secret token, String json, DeployLog log) {
        log.sending(url);
        for (int attempt = 1; ; attempt++) {
            Attempt tried = new Attempt(url, log);
            WebhookAnswer answer;
            try {
                answer = tried.send(token, json);
            } catch (HttpFailure e) {
                if (!tried.neverConnected(e) || attempt == MOST_ATTEMPTS) {
                    throw tried.failure(e);
                }
                again(log, url, "no connection (" + text(e) + ")", Duration.ofSeconds(attempt * 2L - 1));
                continue;
            }
            Optional<Duration> wait = attempt == MOST_ATTEMPTS ? Optional.empty() : whenToComeAgain(answer);
            if (wait.isEmpty()) {
                return answer;
            }
            again(log, url, "status " + answer.status(), wait.get());
        }
    }

    private void again(DeployLog log, DeployUrl url, String reason, Duration wait) {
        log.retrying(url, reason, wait);
        try {
            pause.of(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcceptedException(
                    "The deployment to " + url + " was interrupted before its payload was accepted; run it again.", e);
        }
    }

    private Optional<Duration> whenToComeAgain(WebhookAnswer answer) {
        if (answer.status() != 429 && answer.status() != 503) {
            return Optional.empty();
        }
        return answer.retryAfter().flatMap(Webhook::delay).filter(delay -> delay.compareTo(timeout) <= 0);
    }

    /** Parses a {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3). */
    private static Optional<Duration> delay(String value) {
        try {
            return value.matches("[0-9]{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                    : Optional.of(Duration.between(
                                    Instant.now(),
                                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()))
                            .map(delay -> delay.isNegative() ? Duration.ZERO : delay);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private String text(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return OneLine.of(mask.mask(message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip()), LONGEST_REASON);
    }

    /** Returns the time limits of one attempt, which may take this long in total. An unreachable server is detected earlier. */
    static HttpTimeouts timeouts(Duration whole) {
        return new HttpTimeouts(Collections.min(List.of(whole, LONGEST_CONNECT)), whole, Optional.of(whole));
    }

    /** One attempt to send the payload. */
    private final class Attempt {

        private final DeployUrl url;
        private final DeployLog log;

        Attempt(DeployUrl url, DeployLog log) {
            this.url = url;
            this.log = log;
        }

        WebhookAnswer send(Secret token, String json) throws HttpFailure {
            Request request = Request.of("POST", url.uri())
                    .withHeader("Authorization", "Bearer " + token.reveal())
                    .withHeader("Accept", "application/json")
                    // JSON has no charset parameter (RFC 8259, 11).
                    .withHeader("Content-Type", "application/json")
                    .withBody(Body.of(json.getBytes(StandardCharsets.UTF_8)));
            Instant start = Instant.now();
            Ticker progress =
                    Ticker.every(PROGRESS, "webhook", () -> log.waiting(url, Duration.between(start, Instant.now())));
            // Closing the client cuts the connection. The rest of an endless body is not read and is marked as missing.
            try (HttpConnections http = new HttpConnections(proxies, timeouts(timeout), userAgent)) {
                return answer(http.open(request));
            } finally {
                progress.close();
            }
        }

        private WebhookAnswer answer(Answer answer) {
            BodyBytes body = BodyBytes.read(answer.content());
            return new WebhookAnswer(
                    answer.status(),
                    mask.mask(answer.reason()),
                    mask.mask(new String(body.content(), answer.charset())),
                    body.complete(),
                    answer.header("Retry-After").map(String::strip),
                    answer.header("Location").map(String::strip).map(mask::mask));
        }

        boolean neverConnected(HttpFailure e) {
            return !e.wasSent()
                    && !e.isLate()
                    && (e.reason() instanceof ConnectException
                            || e.reason() instanceof ConnectTimeoutException
                            || e.reason() instanceof NoRouteToHostException
                            || e.reason() instanceof UnknownHostException);
        }

        OlympeException failure(HttpFailure e) {
            if (e.wasSent()) {
                String what = e.isLate() || e.reason() instanceof SocketTimeoutException
                        ? "did not answer within " + timeout.toSeconds() + " s (olympe.deploy.timeout)"
                        : "received the request but did not answer (" + text(e) + ")";
                return new OlympeException(
                        "The webhook " + url + " " + what
                                + ": the deployment may be running, so it was not sent again; look at the"
                                + " instance's deployments (or ask your Olympe referent) for the images in deploy/payload.json before"
                                + " you deploy again.",
                        e);
            }
            return new NotAcceptedException(
                    "The webhook " + url + " " + (e.isLate() ? late() : obstacle(e.reason())) + "; nothing was sent.",
                    e);
        }

        private String late() {
            return "could not be connected within " + timeout.toSeconds()
                    + " s, so check the network or raise olympe.deploy.timeout";
        }

        private String obstacle(IOException e) {
            if (e instanceof UnknownHostException) {
                return "has an unknown host, so check the URL and the network (" + text(e) + ")";
            }
            if (certificate(e)) {
                return "has a certificate that is not trusted (" + text(e)
                        + "), so check the URL, or give Java the certificate's authority"
                        + " with -Djavax.net.ssl.trustStore";
            }
            if (e instanceof SSLException) {
                return "cannot be connected by TLS (" + text(e) + "), so check the URL";
            }
            return "cannot be reached (" + text(e) + "), so check the URL, the network and the proxies of settings.xml";
        }

        private boolean certificate(Throwable e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The bytes of a body that arrived. */
    private record BodyBytes(byte[] content, boolean complete) {

        static BodyBytes read(InputStream stream) {
            byte[] buffer = new byte[LARGEST_BODY];
            int length = 0;
            try {
                while (length < buffer.length) {
                    int read = stream.read(buffer, length, buffer.length - length);
                    if (read < 0) {
                        return new BodyBytes(Arrays.copyOf(buffer, length), true);
                    }
                    length += read;
                }
            } catch (IOException e) {
                // The status has arrived and says what happened to the payload. Only the body is cut off.
            }
            return new BodyBytes(Arrays.copyOf(buffer, length), false);
        }
    }
}
