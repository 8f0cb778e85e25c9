package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy, as companies have it, that asks for a user and a password and leads every host name to one server on this machine:
 * {@code CONNECT} for TLS, and for plain HTTP requests with a whole URL, which are passed on as they are.
 */
public final class ConnectProxy implements AutoCloseable {

    private final LoopbackListener listener;
    private final int target;
    private final String authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean plainHttpOnly;

    private ConnectProxy(LoopbackListener listener, int target, String authorization) {
        this.listener = listener;
        this.target = target;
        this.authorization = authorization;
    }

    /** Starts it on a free port of 127.0.0.1; {@code target} is the host and port that every name leads to. */
    public static ConnectProxy start(String target, String user, String password) {
        ConnectProxy proxy = new ConnectProxy(
                LoopbackListener.open(),
                Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)),
                "proxy-authorization: basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        proxy.listener.serve(proxy::serve);
        return proxy;
    }

    /** Answers in a tunnel as a server without TLS does. */
    public ConnectProxy plainHttpOnly() {
        plainHttpOnly = true;
        return this;
    }

    /** Its port. */
    public int port() {
        return listener.port();
    }

    /** The first lines of the requests that it has let through. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void serve(Socket client) throws IOException {
        String head = LoopbackListener.head(client.getInputStream());
        String first = head.lines().findFirst().orElse("");
        if (head.lines().noneMatch(line -> line.equalsIgnoreCase(authorization))) {
            answer(
                    client,
                    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                            + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        requests.add(first);
        if (plainHttpOnly && first.startsWith("CONNECT ")) {
            answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            client.getInputStream().read();
            answer(client, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            return;
        }
        try (Socket server = new Socket("127.0.0.1", target)) {
            if (first.startsWith("CONNECT ")) {
                answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                server.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            }
            LoopbackListener.daemon(() -> copy(client, server));
            copy(server, client);
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The end of this connection.
        }
    }
}
