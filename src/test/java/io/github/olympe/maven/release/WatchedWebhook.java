package io.github.olympe.maven.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook that accepts everything, and remembers payloads by the tag of the frontend's image. */
final class WatchedWebhook implements AutoCloseable {

    static final String ANSWER = "{\"message\":\"success\"}";

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private WatchedWebhook(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static WatchedWebhook start() throws IOException {
        return new WatchedWebhook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/acme/production";
    }

    /** The payloads that arrived, by the frontend's tag. */
    Map<String, String> seen() {
        return Map.copyOf(seen);
    }

    /** Runs an action when it has received this tag's payload, before it answers. */
    void beforeAnswering(String tag, Runnable action) {
        before.put(tag, action);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String image = Json.parse(body).path("frontend").path("image").asText();
            String tag = image.substring(image.lastIndexOf(':') + 1);
            seen.put(tag, body);
            before.getOrDefault(tag, () -> {}).run();
            byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
