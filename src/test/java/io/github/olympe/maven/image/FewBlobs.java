package io.github.olympe.maven.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registry with one manifest, which it returns for every tag and digest, and a few blobs. */
final class FewBlobs implements AutoCloseable {

    private final HttpServer server;

    private FewBlobs(HttpServer server) {
        this.server = server;
    }

    static FewBlobs start(byte[] manifest, List<byte[]> blobs) throws IOException {
        Map<String, byte[]> byDigest = new HashMap<>();
        blobs.forEach(blob -> byDigest.put(Digest.of(blob).value(), blob));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] content =
                    path.contains("/manifests/") ? manifest : byDigest.get(path.substring(path.lastIndexOf('/') + 1));
            answer(exchange, path.equals("/v2/") ? new byte[0] : content);
        });
        server.start();
        return new FewBlobs(server);
    }

    private static void answer(HttpExchange exchange, byte @org.jspecify.annotations.Nullable [] content)
            throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            int length = content == null || content.length == 0 ? -1 : content.length;
            exchange.sendResponseHeaders(content == null ? 404 : 200, head ? -1 : length);
            if (!head && content != null) {
                exchange.getResponseBody().write(content);
            }
        }
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
