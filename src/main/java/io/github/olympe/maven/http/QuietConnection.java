package io.github.olympe.maven.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing. The client's own connection logs every header and byte at debug level, which would show credentials under
 * {@code mvn -X}. While a body is sent, this one also checks now and then whether the server has already answered: a proxy that finds a
 * body too large says so at once and hangs up.
 */
public final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** More than this cannot be sensible headers. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(1000)
            .build();

    private static final long LOOK_FOR_ANSWER_EVERY_BYTES = 1 << 20;

    private @Nullable Timeout timeout;
    private volatile boolean closed;

    private QuietConnection() {
        super(
                LIMITS,
                null,
                null,
                null,
                null,
                new MonitoringResponseOutOfOrderStrategy(LOOK_FOR_ANSWER_EVERY_BYTES, Long.MAX_VALUE),
                null,
                null);
    }

    /** Returns a factory of such connections for a connection manager. */
    public static HttpConnectionFactory<ManagedHttpClientConnection> factory() {
        return socket -> {
            QuietConnection connection = new QuietConnection();
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    public void bind(Socket socket) throws IOException {
        closeIfClosed(socket);
        super.bind(new EndNoticing(socket));
        timeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket sslSocket, Socket socket) throws IOException {
        closeIfClosed(sslSocket);
        super.bind(new EndNoticing(sslSocket, socket));
        timeout = Timeout.ofMilliseconds(sslSocket.getSoTimeout());
    }

    /** Closes the socket of a request that was cancelled while connecting, so that it is not sent. */
    private void closeIfClosed(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new InterruptedIOException("the connection was closed before it was made");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        super.close(mode);
    }

    /**
     * The parser treats the end of the stream as the end of the headers, and would accept half a {@code Location}. Complete headers are
     * never read up to the end of the stream.
     */
    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        ClassicHttpResponse response = super.receiveResponseHeader();
        if (getSocketHolder() instanceof EndNoticing socket && socket.ended) {
            throw new ConnectionClosedException("the connection was closed in the middle of an answer's headers");
        }
        return response;
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public @Nullable SSLSession getSSLSession() {
        SocketHolder holder = getSocketHolder();
        return holder != null && holder.getSSLSocket() != null
                ? holder.getSSLSocket().getSession()
                : null;
    }

    @Override
    public void setSocketTimeout(Timeout newTimeout) {
        super.setSocketTimeout(newTimeout);
        timeout = newTimeout;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(timeout);
    }

    /** Detects when the server has closed its side of the connection. */
    private static final class EndNoticing extends SocketHolder {

        private volatile boolean ended;

        EndNoticing(Socket socket) {
            super(socket);
        }

        EndNoticing(SSLSocket sslSocket, Socket socket) {
            super(sslSocket, socket);
        }

        @Override
        protected InputStream getInputStream(Socket socket) throws IOException {
            return new FilterInputStream(super.getInputStream(socket)) {
                @Override
                public int read() throws IOException {
                    return noticed(super.read());
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return noticed(super.read(buffer, offset, length));
                }
            };
        }

        private int noticed(int read) {
            ended |= read < 0;
            return read;
        }
    }
}
