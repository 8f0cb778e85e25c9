package io.github.olympe.maven.registry;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.http.QuietConnection;
import io.github.olympe.maven.text.Secret;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as registries need it: one pool of kept connections, the proxies of {@code settings.xml}, redirects left to the caller (they must
 * not take credentials with them), no retries of its own, nothing logged, and an end to uploads that no longer get on.
 */
public final class RegistryHttp implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    private static final int LARGEST_REST = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private final HttpProxies proxies;
    private final RegistryTimeouts timeouts;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private @Nullable CloseableHttpClient verifying;
    private @Nullable CloseableHttpClient trusting;
    private @Nullable ScheduledExecutorService watchdog;

    public RegistryHttp(HttpProxies proxies, RegistryTimeouts timeouts) {
        this.proxies = proxies;
        this.timeouts = timeouts;
    }

    /** The content of a request, which may be asked for more than once. */
    public interface Body {

        long size();

        InputStream open() throws IOException;

        static Body of(byte[] bytes) {
            return new Body() {
                @Override
                public long size() {
                    return bytes.length;
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }

    /**
     * A request.
     *
     * @param headers its headers, that of the body's type included
     * @param progress is told the number of bytes of the body each time that some were sent
     */
    record Request(String method, URI url, Map<String, String> headers, Optional<Body> body, LongConsumer progress) {

        static Request of(String method, URI url) {
            return new Request(method, url, Map.of(), Optional.empty(), sent -> {});
        }

        Request withHeader(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Request(method, url, more, body, progress);
        }

        Request withBody(Body newBody, LongConsumer newProgress) {
            return new Request(method, url, headers, Optional.of(newBody), newProgress);
        }
    }

    /** The answer: its status and headers, and its content while {@link Reader} runs. */
    static final class Answer {

        private final ClassicHttpResponse response;
        private final Exchange exchange;

        private Answer(ClassicHttpResponse response, Exchange exchange) {
            this.response = response;
            this.exchange = exchange;
        }

        int status() {
            return response.getCode();
        }

        String reason() {
            return Optional.ofNullable(response.getReasonPhrase()).orElse("");
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
        }

        List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            for (Header header : response.getHeaders(name)) {
                values.add(header.getValue());
            }
            return values;
        }

        InputStream content() throws IOException {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : exchange.counted(response.getEntity().getContent());
        }

        /** The content as text, cut off after that many bytes. */
        String text(int limit) throws IOException {
            return new String(content().readNBytes(limit), StandardCharsets.UTF_8);
        }
    }

    /** Takes what is wanted from an answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Answer answer) throws IOException, RegistryFailure;
    }

    /**
     * Makes a request.
     *
     * @param anyCertificate whether the server's certificate is taken as it is
     * @throws IOException if the connection fails; also if in {@link RegistryTimeouts#silence()} less came and went than
     *     {@link RegistryTimeouts#leastBytes()}
     */
    <T> T send(Request request, boolean anyCertificate, Reader<T> reader) throws IOException, RegistryFailure {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
        request.headers().forEach(message::setHeader);
        Exchange exchange = new Exchange(message);
        request.body().ifPresent(body -> message.setEntity(new Sending(exchange, body, request.progress())));
        watch(exchange);
        try {
            ClassicHttpResponse response = client(anyCertificate).executeOpen(null, message, null);
            try {
                Answer answer = new Answer(response, exchange);
                T value = reader.read(answer);
                readRest(answer);
                return value;
            } finally {
                Closer.closeQuietly(response);
            }
        } catch (IOException e) {
            throw exchange.stalled.get()
                    ? new IOException(
                            "less than " + timeouts.leastBytes() + " bytes in "
                                    + timeouts.silence().toSeconds() + " seconds",
                            e)
                    : e;
        } finally {
            running.remove(exchange);
        }
    }

    /** An answer read to its end leaves the connection to the next request; one without an end is cut. */
    private static void readRest(Answer answer) {
        try {
            answer.content().readNBytes(LARGEST_REST);
        } catch (IOException e) {
            // It was read to its end, or its end does not come; what was wanted of it is there.
        }
    }

    @Override
    public synchronized void close() {
        Stream.of(Optional.ofNullable(verifying), Optional.ofNullable(trusting))
                .flatMap(Optional::stream)
                .forEach(client -> client.close(CloseMode.IMMEDIATE));
        if (watchdog != null) {
            watchdog.shutdownNow();
        }
    }

    /** Makes the client ready; if that fails, the first request will say so. */
    public void warmUp() {
        try {
            client(false);
        } catch (RuntimeException e) {
            return;
        }
    }

    private synchronized CloseableHttpClient client(boolean anyCertificate) {
        if (anyCertificate) {
            if (trusting == null) {
                trusting =
                        newClient(() -> new DefaultClientTlsStrategy(trustEverything(), NoopHostnameVerifier.INSTANCE));
            }
            return trusting;
        }
        if (verifying == null) {
            verifying = newClient(DefaultClientTlsStrategy::createSystemDefault);
        }
        return verifying;
    }

    private CloseableHttpClient newClient(Supplier<TlsSocketStrategy> tls) {
        BasicCredentialsProvider proxyCredentials = new BasicCredentialsProvider();
        for (HttpProxy proxy : proxies.proxies()) {
            proxy.credential()
                    .ifPresent(credential -> proxyCredentials.setCredentials(
                            new AuthScope(proxy.host(), proxy.port()), usernamePassword(credential)));
        }
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(QuietConnection.factory())
                        .setTlsSocketStrategy(new LazyTls(tls))
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(timeout(timeouts.connect()))
                                .build())
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(2 * CONNECTIONS)
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setTcpNoDelay(true).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout(timeouts.connect()))
                                .setSocketTimeout(timeout(timeouts.silence()))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout(timeouts.silence()))
                        .setConnectionRequestTimeout(Timeout.DISABLED)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE) {
                    @Override
                    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                        return proxy(target);
                    }
                })
                .setDefaultCredentialsProvider(proxyCredentials)
                .setUserAgent("olympe-maven-plugin")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    private @Nullable HttpHost proxy(HttpHost target) {
        if (Loopback.is(target.getHostName())) {
            return null;
        }
        return proxies.forUrl(URI.create(target.getSchemeName() + "://" + uriHost(target.getHostName())))
                .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
                .orElse(null);
    }

    private static String uriHost(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static UsernamePasswordCredentials usernamePassword(Credential credential) {
        return new UsernamePasswordCredentials(
                credential.username().orElse(""),
                credential.secret().map(Secret::reveal).orElse("").toCharArray());
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    /** A socket's timeout does not end a blocked write, nor a server that sends a byte now and then: this does. */
    private synchronized void watch(Exchange exchange) {
        running.add(exchange);
        if (watchdog == null) {
            watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "olympe-http-watchdog");
                thread.setDaemon(true);
                return thread;
            });
            long every = Math.max(10, timeouts.silence().toMillis() / 4);
            watchdog.scheduleAtFixedRate(
                    () -> running.forEach(Exchange::endIfStalled), every, every, TimeUnit.MILLISECONDS);
        }
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

    /** Reads the trusted certificates when the first of them is needed, which with a registry on this machine is never. */
    private static final class LazyTls implements TlsSocketStrategy {

        private final Supplier<TlsSocketStrategy> factory;
        private @Nullable TlsSocketStrategy strategy;

        LazyTls(Supplier<TlsSocketStrategy> factory) {
            this.factory = factory;
        }

        @Override
        public SSLSocket upgrade(
                Socket socket, String target, int port, @Nullable Object attachment, @Nullable HttpContext context)
                throws IOException {
            return strategy().upgrade(socket, target, port, attachment, context);
        }

        private synchronized TlsSocketStrategy strategy() {
            if (strategy == null) {
                strategy = factory.get();
            }
            return strategy;
        }
    }

    /** For hosts that a user has declared insecure. */
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

    /** A request and its answer on their way, and how far they got. */
    private final class Exchange {

        private final HttpUriRequestBase message;
        private final AtomicBoolean stalled = new AtomicBoolean();
        private final AtomicLong bytes = new AtomicLong();
        private long since = System.nanoTime();
        private long bytesThen;

        Exchange(HttpUriRequestBase message) {
            this.message = message;
        }

        void moved(int number) {
            bytes.addAndGet(Math.max(0, number));
        }

        InputStream counted(InputStream content) {
            return new FilterInputStream(content) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    moved(read < 0 ? 0 : 1);
                    return read;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    moved(read);
                    return read;
                }
            };
        }

        /** Called by one thread. */
        void endIfStalled() {
            if (System.nanoTime() - since < timeouts.silence().toNanos()) {
                return;
            }
            long now = bytes.get();
            if (now - bytesThen < timeouts.leastBytes()) {
                stalled.set(true);
                message.abort();
            }
            since = System.nanoTime();
            bytesThen = now;
        }
    }

    /** The body of a request. */
    private static final class Sending extends AbstractHttpEntity {

        private final Exchange exchange;
        private final Body body;
        private final LongConsumer progress;

        Sending(Exchange exchange, Body body, LongConsumer progress) {
            super((ContentType) null, null);
            this.exchange = exchange;
            this.body = body;
            this.progress = progress;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, body.size()))];
            try (InputStream in = body.open()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    exchange.moved(n);
                    progress.accept(n);
                }
            }
            out.flush();
        }

        @Override
        public long getContentLength() {
            return body.size();
        }

        @Override
        public InputStream getContent() throws IOException {
            return body.open();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {}
    }
}
