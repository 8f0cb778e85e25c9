package io.github.olympe.maven.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A free port of 127.0.0.1 on which a test's server listens. Each connection has its own thread. */
public final class LoopbackListener implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket socket;

    private LoopbackListener(ServerSocket socket) {
        this.socket = socket;
    }

    /** Handles a connection, which is closed afterwards. An exception only ends the connection. */
    public interface Service {
        void serve(Socket client) throws IOException;
    }

    /** Opens the port. Connections wait until they are served. */
    public static LoopbackListener open() {
        try {
            return new LoopbackListener(new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns host and port. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** Serves connections from now on. */
    public void serve(Service service) {
        daemon(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    daemon(() -> serve(service, client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void serve(Service service, Socket client) {
        try (client) {
            service.serve(client);
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    /** Returns the head of an HTTP request, with the empty line at its end; or the part of it that arrived. */
    public static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    /** Starts a thread that does not keep the JVM alive. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "loopback");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
