package io.github.olympe.maven.deploy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing. The client's own writes headers and bytes to its logger, and with {@code mvn -X} that is Maven's log: the
 * token would be in it.
 */
final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    private volatile boolean closed;

    QuietConnection() {
        super(Http1Config.DEFAULT);
    }

    @Override
    public void bind(Socket socket) throws IOException {
        closeIfClosed(socket);
        super.bind(socket);
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        closeIfClosed(tls);
        super.bind(tls, socket);
    }

    /** A request that was cancelled while it connected must not go out. */
    private void closeIfClosed(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new InterruptedIOException("The connection was closed before it was made");
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public void passivate() {
        // It is used once.
    }

    @Override
    public void activate() {
        // It is used once.
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
}
