package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on this machine that answers every request with the same bytes, HTTP or not, and hangs up. */
public final class RawServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    /** The first byte of a client that speaks TLS. */
    private static final int TLS = 0x16;

    private final ServerSocket socket;
    private final byte[] answer;
    private final AtomicInteger requests = new AtomicInteger();

    private RawServer(ServerSocket socket, byte[] answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** Starts it. */
    public static RawServer answering(byte[] answer) {
        try {
            RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
            Thread thread = new Thread(server::serve, "raw-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a path on it. */
    public String url(String path) {
        return "http://" + host() + path;
    }

    /** Its host and port. */
    public String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** How many requests it has answered. */
    public int requests() {
        return requests.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(5000);
                if (readRequest(client.getInputStream())) {
                    requests.incrementAndGet();
                    OutputStream out = client.getOutputStream();
                    out.write(answer);
                    out.flush();
                    client.shutdownOutput();
                    client.setSoTimeout(300);
                    client.getInputStream().readNBytes(1 << 16);
                }
            } catch (IOException e) {
                // The other side has had enough.
            }
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0 || head.isEmpty() && read == TLS) {
                return false;
            }
            head.append((char) read);
        }
        Matcher length = LENGTH.matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return true;
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
