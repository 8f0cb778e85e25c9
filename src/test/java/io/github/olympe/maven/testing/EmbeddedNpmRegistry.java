package io.github.olympe.maven.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An npm registry on 127.0.0.1 with as much as {@code npm view} and {@code npm publish} need. It requires a token. {@link Verdaccio} is the
 * real registry for tests.
 */
public final class EmbeddedNpmRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String token;
    private final Map<String, ObjectNode> packages = new ConcurrentHashMap<>();

    private EmbeddedNpmRegistry(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Starts an empty one that requires this token. */
    public static EmbeddedNpmRegistry start(String token) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EmbeddedNpmRegistry registry = new EmbeddedNpmRegistry(http, token);
        http.createContext("/", registry::handle);
        http.start();
        return registry;
    }

    /** Its URL, with a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Adds a version of a package that cannot be installed. */
    public void publish(String name, String version) {
        ObjectNode document = JSON.createObjectNode().put("name", name);
        document.putObject("dist-tags").put("latest", version);
        document.putObject("versions").putObject(version).put("name", name).put("version", version);
        packages.put(name, document);
    }

    /** The versions of a package. */
    public List<String> versions(String name) {
        List<String> versions = new ArrayList<>();
        document(name).path("versions").fieldNames().forEachRemaining(versions::add);
        return versions;
    }

    /** Returns the tags of a package, with their versions. */
    public Map<String, String> tags(String name) {
        Map<String, String> tags = new TreeMap<>();
        document(name)
                .path("dist-tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    /** The tarballs that were published, in Base64, by their names. */
    public Map<String, String> tarballs() {
        Map<String, String> tarballs = new TreeMap<>();
        packages.values()
                .forEach(document -> document.path("_attachments")
                        .properties()
                        .forEach(tarball -> tarballs.put(
                                tarball.getKey(),
                                tarball.getValue().path("data").asText())));
        return tarballs;
    }

    /** Forgets all packages. */
    public void clear() {
        packages.clear();
    }

    private JsonNode document(String name) {
        return packages.getOrDefault(name, JSON.createObjectNode());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name =
                    URLDecoder.decode(exchange.getRequestURI().getRawPath().substring(1), StandardCharsets.UTF_8);
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "{\"error\": \"unauthorized\"}");
            } else if (exchange.getRequestMethod().equals("PUT")) {
                publish(exchange, name, (ObjectNode) JSON.readTree(exchange.getRequestBody()));
            } else if (packages.containsKey(name)) {
                answer(exchange, 200, packages.get(name).toString());
            } else {
                answer(exchange, 404, "{\"error\": \"not found\"}");
            }
        }
    }

    /** Like npm's own registry, it accepts each version only once. */
    private void publish(HttpExchange exchange, String name, ObjectNode published) throws IOException {
        List<String> there = versions(name);
        for (String version :
                (Iterable<String>) () -> published.path("versions").fieldNames()) {
            if (there.contains(version)) {
                answer(
                        exchange,
                        403,
                        "{\"error\": \"You cannot publish over the previously published versions: " + version + ".\"}");
                return;
            }
        }
        packages.merge(name, published, (before, now) -> {
            ((ObjectNode) before.path("versions")).setAll((ObjectNode) now.path("versions"));
            ((ObjectNode) before.path("dist-tags")).setAll((ObjectNode) now.path("dist-tags"));
            before.withObjectProperty("_attachments").setAll((ObjectNode) now.path("_attachments"));
            return before;
        });
        answer(exchange, 201, "{\"ok\": true}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
