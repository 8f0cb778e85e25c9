package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad network in front of a server. Each connection may at random be cut after some bytes in either direction, become silent, or be
 * answered 500, 503 or 429 instead. The seed makes a run repeatable.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int STAY_AFTER_STALL_MILLIS = 60_000;

    private final LoopbackListener listener;
    private final String host;
    private final int port;
    private final Random random;
    private final double probability;
    private final Map<Fault, Integer> counts = new TreeMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean healed;

    /** The faults. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The request does not arrive completely. */
        CUT_REQUEST,
        /** The answer does not arrive completely. */
        CUT_ANSWER,
        /** The rest of the request is not passed on. */
        STALL_REQUEST,
        /** The rest of the answer is not passed on. */
        STALL_ANSWER,
        /** 500. */
        ERROR_500,
        /** 503. */
        ERROR_503,
        /** 429, with {@code Retry-After}. */
        ERROR_429
    }

    private FaultyProxy(LoopbackListener listener, String host, int port, long seed, double probability) {
        this.listener = listener;
        this.host = host;
        this.port = port;
        this.random = new Random(seed);
        this.probability = probability;
    }

    /**
     * Starts it on a free port of 127.0.0.1.
     *
     * @param target host and port of the server
     * @param probability how likely a connection has a fault
     */
    public static FaultyProxy start(String target, long seed, double probability) {
        int colon = target.lastIndexOf(':');
        FaultyProxy proxy = new FaultyProxy(
                LoopbackListener.open(),
                target.substring(0, colon),
                Integer.parseInt(target.substring(colon + 1)),
                seed,
                probability);
        proxy.listener.serve(proxy::connect);
        return proxy;
    }

    /** Host and port. */
    public String host() {
        return listener.authority();
    }

    /** From now on, passes everything on. */
    public void heal() {
        healed = true;
    }

    /** How many connections had each fault. */
    public Map<Fault, Integer> counts() {
        synchronized (random) {
            return new TreeMap<>(counts);
        }
    }

    @Override
    public void close() {
        listener.close();
        sockets.forEach(FaultyProxy::close);
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        Fault fault;
        int after;
        synchronized (random) {
            boolean bad = random.nextDouble() < probability;
            Fault[] faults = Fault.values();
            fault = bad && !healed ? faults[1 + random.nextInt(faults.length - 1)] : Fault.NONE;
            // Half of them early, in the first request; the others anywhere.
            after = random.nextBoolean() ? random.nextInt(600) : random.nextInt(150_000);
            counts.merge(fault, 1, Integer::sum);
        }
        try {
            switch (fault) {
                case ERROR_500 -> answer(client, "500 Internal Server Error", "");
                case ERROR_503 -> answer(client, "503 Service Unavailable", "Retry-After: 0\r\n");
                case ERROR_429 -> answer(client, "429 Too Many Requests", "Retry-After: 0\r\n");
                default -> pass(client, fault, after);
            }
        } finally {
            sockets.remove(client);
        }
    }

    private void pass(Socket client, Fault fault, int after) throws IOException {
        try (Socket server = new Socket(host, port)) {
            sockets.add(server);
            pass(client, server, fault, after);
            sockets.remove(server);
        }
    }

    private void pass(Socket client, Socket server, Fault fault, int after) throws IOException {
        Thread back = LoopbackListener.daemon(() -> {
            boolean ended = copy(
                    server, client, fault == Fault.CUT_ANSWER || fault == Fault.STALL_ANSWER ? after : Long.MAX_VALUE);
            if (ended || fault == Fault.CUT_ANSWER) {
                close(client);
                close(server);
            }
        });
        boolean ended = copy(
                client, server, fault == Fault.CUT_REQUEST || fault == Fault.STALL_REQUEST ? after : Long.MAX_VALUE);
        if (ended || fault == Fault.CUT_REQUEST) {
            // The client's side first, so that the server's answer to an incomplete request does not arrive.
            close(client);
            close(server);
        }
        try {
            back.join(STAY_AFTER_STALL_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Returns whether the stream ended before the limit. */
    private static boolean copy(Socket from, Socket to, long limit) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            long left = limit;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    return true;
                }
                out.write(buffer, 0, n);
                out.flush();
                left -= n;
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void answer(Socket client, String status, String header) throws IOException {
        InputStream in = client.getInputStream();
        String head = LoopbackListener.head(in);
        String body = "<html>" + status + "</html>";
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + header + "Content-Type: text/html\r\nContent-Length: "
                                + body.length() + "\r\nConnection: close\r\n\r\n"
                                + (head.startsWith("HEAD") ? "" : body))
                        .getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        client.setSoTimeout(1000);
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed on purpose.
        }
    }
}
