package io.github.olympe.maven.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A stand-in for Olympe's deploy webhook on 127.0.0.1. It records every request and answers as configured, or else with
 * {@code {"message": "success"}}.
 *
 * <pre>{@code
 * def webhook = EmbeddedWebhook.start()
 * webhook.answer(503, 'busy')             // the next request only
 * … webhook.url('/acme/production') …
 * assert webhook.requests().size() == 1
 * assert webhook.requests()[0].header('Authorization') == 'Bearer secret'
 * webhook.close()
 * }</pre>
 */
public final class EmbeddedWebhook implements AutoCloseable {

    private static final Answer SUCCESS = Answer.of(200, "{\"message\": \"success\"}");

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "embedded-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    /** A request as it arrived. The names of headers may have any case. */
    public record Request(String method, String path, Map<String, List<String>> headers, String body, Instant at) {

        /** The header's only value, or null. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw new IllegalStateException("several values of " + name + ": " + values);
            }
            return values.isEmpty() ? null : values.get(0);
        }
    }

    /**
     * How to answer one request.
     *
     * @param status the status
     * @param body the body
     * @param headers headers of the answer
     * @param delay how long to wait first
     * @param sent how many bytes of the body are sent before the connection is closed; 0 closes it before the status line, absent sends all
     */
    public record Answer(int status, String body, Map<String, String> headers, Duration delay, Optional<Integer> sent) {

        public static Answer of(int status, String body) {
            return new Answer(
                    status, body, Map.of("Content-Type", "application/json"), Duration.ZERO, Optional.empty());
        }

        /** Reads the request and closes the connection without an answer. */
        public static Answer cut() {
            return of(200, "").cutAfter(0);
        }

        public Answer cutAfter(int bytes) {
            return new Answer(status, body, headers, delay, Optional.of(bytes));
        }

        public Answer after(Duration wait) {
            return new Answer(status, body, headers, wait, sent);
        }

        public Answer withHeader(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Answer(status, body, more, delay, sent);
        }
    }

    private EmbeddedWebhook(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** A webhook on a free port. */
    public static EmbeddedWebhook start() {
        try {
            return new EmbeddedWebhook(HttpServer.create(loopback(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A webhook with HTTPS, with the certificate of this context. */
    public static EmbeddedWebhook start(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new EmbeddedWebhook(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The URL of an instance. */
    public String url() {
        return url("/acme/production");
    }

    /** The URL of this path, which starts with a slash. */
    public String url(String path) {
        return URI.create(scheme + "://127.0.0.1:" + port() + path).toString();
    }

    /** Returns the requests that arrived completely, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Sets the answer to the next request that has no answer yet. */
    public EmbeddedWebhook answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** Does what {@link #answer(Answer)} does. */
    public EmbeddedWebhook answer(int status, String body) {
        return answer(Answer.of(status, body));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        requests.add(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body, Instant.now()));
        Answer answer = Optional.ofNullable(answers.poll()).orElse(SUCCESS);
        try (exchange) {
            Waiting.delay(answer.delay());
            if (answer.sent().filter(bytes -> bytes == 0).isPresent()) {
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody()
                    .write(bytes, 0, Math.min(bytes.length, answer.sent().orElse(bytes.length)));
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
