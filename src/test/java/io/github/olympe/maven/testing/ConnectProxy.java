package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/**
 * An HTTP proxy like those of companies. It asks for a user and a password, and connects host names to servers on this machine:
 * {@code CONNECT} for TLS; and for plain HTTP requests with a full URL, one per connection, of which it passes on the path.
 */
public final class ConnectProxy implements AutoCloseable {

    private final LoopbackListener listener = LoopbackListener.open();
    private final ToIntFunction<String> target;
    private final String authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean plainHttpOnly;

    private ConnectProxy(ToIntFunction<String> target, String authorization) {
        this.target = target;
        this.authorization = authorization;
    }

    /** Starts it on a free port of 127.0.0.1; {@code target} is the host and port that every name leads to. */
    public static ConnectProxy start(String target, String user, String password) {
        int port = port(target);
        return start(host -> port, user, password);
    }

    /** Starts it on a free port of 127.0.0.1; {@code targets} are the host and port that each name leads to. Other names are unknown. */
    public static ConnectProxy start(Map<String, String> targets, String user, String password) {
        return start(host -> port(targets.getOrDefault(host, "127.0.0.1:1")), user, password);
    }

    private static ConnectProxy start(ToIntFunction<String> target, String user, String password) {
        ConnectProxy proxy = new ConnectProxy(
                target,
                "proxy-authorization: basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        proxy.listener.serve(proxy::serve);
        return proxy;
    }

    private static int port(String authority) {
        return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }

    /** Returns the host that a request or a tunnel is for. */
    private static String host(String requestLine) {
        return requestLine.split(" ")[1].replaceFirst("^https?://", "").replaceFirst("[:/].*", "");
    }

    /** Answers in a tunnel like a server without TLS. */
    public ConnectProxy plainHttpOnly() {
        plainHttpOnly = true;
        return this;
    }

    /** Its port. */
    public int port() {
        return listener.port();
    }

    /** Returns the first lines of the requests that it has passed on. */
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
            drain(client);
            return;
        }
        requests.add(first);
        boolean tunnel = first.startsWith("CONNECT ");
        if (plainHttpOnly && tunnel) {
            answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            client.getInputStream().read();
            answer(client, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            drain(client);
            return;
        }
        try (Socket server = new Socket("127.0.0.1", target.applyAsInt(host(first)))) {
            if (tunnel) {
                answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                server.getOutputStream().write(passedOn(head).getBytes(StandardCharsets.UTF_8));
            }
            LoopbackListener.daemon(() -> copy(client, server));
            if (!tunnel) {
                String answer = LoopbackListener.head(server.getInputStream());
                for (; answer.startsWith("HTTP/1.1 1"); answer = LoopbackListener.head(server.getInputStream())) {
                    answer(client, answer);
                }
                answer(client, lastOfItsConnection(answer));
            }
            copy(server, client);
        }
    }

    /** Reads the rest of the request. If the connection is closed before, the client may not get the answer. */
    private static void drain(Socket client) throws IOException {
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static String passedOn(String head) {
        return lastOfItsConnection(head.replaceFirst(" http://[^/ ]*/?", " /").replaceAll("(?im)^proxy-.*\r\n", ""));
    }

    private static String lastOfItsConnection(String head) {
        return head.replaceAll("(?im)^connection: .*\r\n", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The connection has ended.
        }
    }
}
