package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A server that gives one answer, for tests of what is read from an answer. */
final class AnsweringServer implements AutoCloseable {

    private final EmbeddedWebhook server = EmbeddedWebhook.start();
    private final HttpConnections http = new HttpConnections(
            HttpProxies.none(),
            new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty()),
            "olympe-maven-plugin/1");

    /** Asks the server, which answers this. */
    Answer answer(int status, String body) throws IOException {
        server.answer(status, body);
        return http.open(Request.of("GET", URI.create(server.url())));
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
