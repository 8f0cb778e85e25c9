package io.github.olympe.maven.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/**
 * An HTTP proxy, as companies have it, that asks for a user and a password and leads host names to servers on this machine:
 * {@code CONNECT} for TLS, and for plain HTTP requests with a whole URL, one a connection, of which the path is passed on.
 */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final ToIntFunction<String> target;
    private final String authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean plainHttpOnly;

    private ConnectProxy(ServerSocket listener, ToIntFunction<String> target, String authorization) {
        this.listener = listener;
        this.target = target;
        this.authorization = authorization;
    }

    /** Starts it on a free port of 127.0.0.1; {@code target} is the host and port that every name leads to. */
    public static ConnectProxy start(String target, String user, String password) {
        int port = port(target);
        return start(host -> port, user, password);
    }

    /** Starts it on a free port of 127.0.0.1; {@code targets} are the host and port that each name leads to, and there are no others. */
    public static ConnectProxy start(Map<String, String> targets, String user, String password) {
        return start(host -> port(targets.getOrDefault(host, "127.0.0.1:1")), user, password);
    }

    private static ConnectProxy start(ToIntFunction<String> target, String user, String password) {
        try {
            ConnectProxy proxy = new ConnectProxy(
                    new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
                    target,
                    "proxy-authorization: basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
            daemon(proxy::listen);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String authority) {
        return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }

    /** The host that a request, or a tunnel, is for. */
    private static String host(String requestLine) {
        return requestLine.split(" ")[1].replaceFirst("^https?://", "").replaceFirst("[:/].*", "");
    }

    /** Answers in a tunnel as a server without TLS does. */
    public ConnectProxy plainHttpOnly() {
        plainHttpOnly = true;
        return this;
    }

    /** Its port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The first lines of the requests that it has let through. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
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
            if (plainHttpOnly && first.startsWith("CONNECT ")) {
                answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                client.getInputStream().read();
                answer(client, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
                drain(client);
                return;
            }
            try (Socket server = new Socket("127.0.0.1", target.applyAsInt(host(first)))) {
                if (first.startsWith("CONNECT ")) {
                    answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                } else {
                    server.getOutputStream().write(passedOn(head).getBytes(StandardCharsets.ISO_8859_1));
                }
                daemon(() -> copy(client, server));
                if (!first.startsWith("CONNECT ")) {
                    String answer = head(server.getInputStream());
                    for (; answer.startsWith("HTTP/1.1 1"); answer = head(server.getInputStream())) {
                        answer(client, answer);
                    }
                    answer(client, lastOfItsConnection(answer));
                }
                copy(server, client);
            }
        } catch (IOException e) {
            // The end of this connection.
        }
    }

    /** Reads what still comes: a connection that is closed before may take the answer with it. */
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

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed");
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
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

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
