package io.github.olympe.maven.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of {@code docker-registry} that splits its lists of tags into pages, like version 3 and the registries of large vendors.
 * Debian's version 2.8 ignores {@code n} and returns the whole list.
 */
final class PagingRegistry implements AutoCloseable {

    private static final int PAGE = 7;
    private static final String LIST = "/tags/list";
    private static final Set<String> NOT_PASSED_ON = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NOT_PASSED_ON.addAll(
                Set.of("Host", "Content-Length", "Connection", "Transfer-Encoding", "Expect", "Upgrade", "Date"));
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DockerRegistry target;
    private final HttpServer server;

    private PagingRegistry(DockerRegistry target, HttpServer server) {
        this.target = target;
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static PagingRegistry before(DockerRegistry target) throws IOException {
        return new PagingRegistry(
                target, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            HttpResponse<byte[]> answer = pass(exchange);
            byte[] content = answer.body();
            Headers headers = exchange.getResponseHeaders();
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name)) {
                    headers.put(name, values);
                }
            });
            if (uri.getPath().endsWith(LIST) && answer.statusCode() == 200) {
                content = page(uri, content, headers);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                answer.headers()
                        .firstValue("Content-Length")
                        .ifPresent(length -> headers.set("Content-Length", length));
            }
            exchange.sendResponseHeaders(answer.statusCode(), head || content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + target.host() + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        // The registry uses it for the URLs of uploads.
        request.header("X-Forwarded-Host", host());
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] page(URI uri, byte[] list, Headers headers) throws IOException {
        TreeSet<String> tags = new TreeSet<>();
        Json.parse(new String(list, StandardCharsets.UTF_8)).path("tags").forEach(tag -> tags.add(tag.asText()));
        String last = uri.getQuery() == null ? "" : uri.getQuery().replaceFirst("^(?:.*&)?last=([^&]*).*$|^.*$", "$1");
        ArrayNode page = Json.array();
        for (String tag : tags.tailSet(last, false)) {
            if (page.size() == PAGE) {
                headers.set(
                        "Link",
                        "<" + uri.getPath() + "?n=" + PAGE + "&last="
                                + page.get(PAGE - 1).asText() + ">; rel=\"next\"");
                break;
            }
            page.add(tag);
        }
        return Json.bytes(Json.object().set("tags", page));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
