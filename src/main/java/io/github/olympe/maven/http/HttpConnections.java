package io.github.olympe.maven.http;

import io.github.olympe.maven.process.Ticker;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for every part of the plugin: persistent connections, the proxies of {@code settings.xml}, and time limits that also catch a server
 * that sends a byte now and then. The caller follows redirects, because they must not carry credentials along. Nothing is retried or
 * logged, and no cookies are kept.
 */
public final class HttpConnections implements AutoCloseable {

    private static final String EXCHANGE = "olympe.exchange";

    private final HttpProxies proxies;
    private final HttpTimeouts timeouts;
    private final String userAgent;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private @Nullable CloseableHttpClient verifying;
    private @Nullable CloseableHttpClient trusting;
    private @Nullable Ticker watchdog;

    public HttpConnections(HttpProxies proxies, HttpTimeouts timeouts, String userAgent) {
        this.proxies = proxies;
        this.timeouts = timeouts;
        this.userAgent = userAgent;
    }

    /**
     * Sends a request.
     *
     * @return the answer, with any status; the caller closes it
     * @throws HttpFailure if there is no answer in time
     */
    public Answer open(Request request) throws HttpFailure {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
        request.headers().forEach(message::setHeader);
        Exchange exchange = new Exchange(message, timeouts);
        request.body().ifPresent(body -> message.setEntity(exchange.new Entity(body)));
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(EXCHANGE, exchange);
        watch(exchange);
        try {
            ClassicHttpResponse response = client(request.anyCertificate()).executeOpen(null, message, context);
            return new Answer(response, exchange, () -> running.remove(exchange));
        } catch (IOException e) {
            running.remove(exchange);
            throw exchange.failure(e);
        } catch (RuntimeException e) {
            running.remove(exchange);
            if (exchange.isEnded()) {
                // Not an IOException where the watchdog ends a request between two steps of the client.
                throw exchange.failure(new IOException(e));
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        Stream.of(Optional.ofNullable(verifying), Optional.ofNullable(trusting))
                .flatMap(Optional::stream)
                .forEach(client -> client.close(CloseMode.IMMEDIATE));
        if (watchdog != null) {
            watchdog.close();
        }
    }

    private synchronized void watch(Exchange exchange) {
        running.add(exchange);
        if (watchdog == null) {
            Duration shortest = timeouts.whole()
                    .filter(whole -> whole.compareTo(timeouts.silence()) < 0)
                    .orElse(timeouts.silence());
            long every = Math.max(10, Math.min(1000, shortest.toMillis() / 4));
            watchdog = Ticker.every(
                    Duration.ofMillis(every), "http-watchdog", () -> running.forEach(Exchange::endIfTooSlow));
        }
    }

    private synchronized CloseableHttpClient client(boolean anyCertificate) {
        if (anyCertificate) {
            if (trusting == null) {
                trusting = newClient(new DefaultClientTlsStrategy(trustEverything(), NoopHostnameVerifier.INSTANCE));
            }
            return trusting;
        }
        if (verifying == null) {
            verifying = newClient(new SystemTls());
        }
        return verifying;
    }

    private CloseableHttpClient newClient(TlsSocketStrategy tls) {
        return HttpClients.builder(proxies, tls, timeouts.connect(), timeouts.silence())
                .setRequestExecutor(new NotingExecutor())
                .setUserAgent(userAgent)
                .build();
    }

    private static SSLContext trustEverything() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEverything()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Accepts any certificate, for hosts that the user has declared insecure. */
    private static final class TrustEverything implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Notes that a request is about to be sent to its server, not only to a proxy. */
    private static final class NotingExecutor extends HttpRequestExecutor {

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback informationCallback,
                HttpContext context)
                throws IOException, HttpException {
            if (!Method.CONNECT.isSame(request.getMethod())
                    && context.getAttribute(EXCHANGE) instanceof Exchange sent) {
                sent.noteSent();
            }
            return super.execute(request, connection, informationCallback, context);
        }
    }
}
