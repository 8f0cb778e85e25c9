package io.github.olympe.maven.release.await;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpFailure;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an environment for its files by HTTP. It follows redirects, but never from HTTPS to HTTP, and sends the credential only to the
 * environment's own origin. The caller closes it.
 */
public final class HttpVisitor implements Visitor, AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_REASON = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private final HttpConnections http;
    private final Optional<Credential> credential;

    /**
     * Creates a visitor. Nothing is sent yet.
     *
     * @param userAgent the value of the header {@code User-Agent}
     * @param credential a user with a password, or a token
     * @param longest the longest time for an answer, at most 30 seconds
     */
    public HttpVisitor(HttpProxies proxies, String userAgent, Optional<Credential> credential, Duration longest) {
        HttpTimeouts timeouts = new HttpTimeouts(
                shorter(CONNECT, longest), shorter(SILENCE, longest), Optional.of(shorter(WHOLE, longest)));
        this.http = new HttpConnections(proxies, timeouts, userAgent);
        this.credential = credential;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public Sight look(AwaitUrl url, ServedFile file) {
        Origin home = Origin.ofServer(url.uri());
        URI place = url.of(file);
        try {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                try (Answer answer = http.open(request(place, home))) {
                    Optional<String> location = answer.header("Location");
                    if (answer.status() / 100 != 3 || location.isEmpty()) {
                        return sight(answer);
                    }
                    URI next = Location.of(place, location.get());
                    if (Origin.ofServer(place).isEncrypted()
                            && !Origin.ofServer(next).isEncrypted()) {
                        return Sight.noAnswer("it redirects from HTTPS to plain HTTP");
                    }
                    place = next;
                }
            }
            return Sight.noAnswer("it redirects more than " + MOST_REDIRECTS + " times");
        } catch (IOException e) {
            IOException reason = e instanceof HttpFailure failure ? failure.reason() : e;
            return Sight.noAnswer(OneLine.of(Reason.of(reason), LONGEST_REASON));
        } catch (URISyntaxException e) {
            return Sight.noAnswer("it redirects to something that is not a URL");
        }
    }

    private Request request(URI place, Origin home) {
        Request request = Request.of("GET", place)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("Accept-Encoding", "identity");
        return credential
                .filter(known -> Origin.ofServer(place).equals(home))
                .map(request::withCredential)
                .orElse(request);
    }

    private static Sight sight(Answer answer) throws IOException {
        if (answer.status() != 200) {
            return Sight.error(answer.status());
        }
        // One byte more than any requested file, so that cut content never equals it.
        return Sight.of(Digest.of(answer.content().readNBytes(FrontendFiles.LARGEST + 1)));
    }

    @Override
    public void close() {
        http.close();
    }
}
