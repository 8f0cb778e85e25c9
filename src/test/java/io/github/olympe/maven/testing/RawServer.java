package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on this machine that answers every request with the same bytes, HTTP or not, and closes the connection. */
public final class RawServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    /** The first byte that a TLS client sends. */
    private static final int TLS = 0x16;

    private final LoopbackListener listener;
    private final byte[] answer;
    private final AtomicInteger requests = new AtomicInteger();

    private RawServer(LoopbackListener listener, byte[] answer) {
        this.listener = listener;
        this.answer = answer;
    }

    /** Starts it. */
    public static RawServer answering(byte[] answer) {
        RawServer server = new RawServer(LoopbackListener.open(), answer);
        server.listener.serve(server::serve);
        return server;
    }

    /** The URL of a path on it. */
    public String url(String path) {
        return "http://" + host() + path;
    }

    /** Its host and port. */
    public String host() {
        return listener.authority();
    }

    /** Returns how many requests it has answered. */
    public int requests() {
        return requests.get();
    }

    private void serve(Socket client) throws IOException {
        client.setSoTimeout(5000);
        PushbackInputStream in = new PushbackInputStream(client.getInputStream());
        int first = in.read();
        if (first < 0 || first == TLS) {
            return;
        }
        in.unread(first);
        Matcher length = LENGTH.matcher(LoopbackListener.head(in));
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        requests.incrementAndGet();
        OutputStream out = client.getOutputStream();
        out.write(answer);
        out.flush();
        client.shutdownOutput();
        client.setSoTimeout(300);
        in.readNBytes(1 << 16);
    }

    @Override
    public void close() {
        listener.close();
    }
}
