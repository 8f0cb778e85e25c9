package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpClients;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.Closer;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Git's HTTP with the plugin's own client. JGit would use Java's client. That one sends a password to a proxy for HTTPS only if a system
 * property was set before the JVM's first connection, and repeats a refused password again and again.
 */
final class GitHttp implements HttpConnectionFactory, Closeable {

    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final HttpProxies proxies;
    private final Duration silence;
    private final File scratch;
    private final BasicAuthCache authenticated = new BasicAuthCache();
    private final Map<Key, CloseableHttpClient> clients = new HashMap<>();
    private @Nullable ClassicHttpResponse open;

    /** The differences between clients. */
    private record Key(HttpProxies proxies, boolean trustsAnything) {}

    /** Thrown when a proxy refuses the user and password, or wants them and got none. */
    static final class ProxyRefusal extends IOException {

        private static final long serialVersionUID = 1L;

        private final String proxy;
        private final @Nullable String source;

        ProxyRefusal(String proxy, Optional<String> source) {
            super("the proxy '" + proxy + "' answered with HTTP status 407");
            this.proxy = proxy;
            this.source = source.orElse(null);
        }

        /** Returns the proxy's host and port. */
        String proxy() {
            return proxy;
        }

        /** Returns the source of the user and password, absent if there were none. */
        Optional<String> source() {
            return Optional.ofNullable(source);
        }
    }

    /**
     * Creates connections for one repository.
     *
     * @param silence how long the server may be silent
     * @param scratch a folder for content that is too large for memory
     */
    GitHttp(HttpProxies proxies, Duration silence, File scratch) {
        this.proxies = proxies;
        this.silence = silence;
        this.scratch = scratch;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    /** @param system the proxy of the JVM's own settings, used if settings.xml has none for this host */
    @Override
    public HttpConnection create(URL url, Proxy system) throws IOException {
        URI uri = URI.create(url.toString());
        HttpProxies used = proxies.forUrl(uri).isPresent() ? proxies : ofSystem(uri, system);
        return new GitHttpConnection(this, uri, used, scratch);
    }

    private static HttpProxies ofSystem(URI uri, Proxy system) {
        return system.type() == Proxy.Type.HTTP && system.address() instanceof InetSocketAddress address
                ? new HttpProxies(List.of(new HttpProxy(
                        uri.getScheme(), address.getHostString(), address.getPort(), Optional.empty(), List.of())))
                : HttpProxies.none();
    }

    /**
     * Sends a request.
     *
     * @param used the proxies to go through
     * @param trust replaces the trust in Java's certificates, if the user's git configuration says so
     * @throws ProxyRefusal if the proxy refuses the connection
     */
    ClassicHttpResponse send(HttpUriRequestBase request, URI uri, HttpProxies used, @Nullable SSLContext trust)
            throws IOException {
        endOpenResponse();
        HttpClientContext context = HttpClientContext.create();
        context.setAuthCache(authenticated);
        ClassicHttpResponse response = client(used, trust).executeOpen(null, request, context);
        open = response;
        if (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
            throw refusal(uri, used);
        }
        return response;
    }

    /**
     * Ends the last response. JGit reads one response after the other without closing them, so the next request does it. The rest of a
     * response is read, so that its connection can be used again.
     */
    private void endOpenResponse() {
        ClassicHttpResponse response = open;
        open = null;
        if (response == null) {
            return;
        }
        try {
            HttpClients.end(
                    response,
                    response.getEntity() == null
                            ? InputStream.nullInputStream()
                            : response.getEntity().getContent());
        } catch (IOException e) {
            Closer.closeQuietly(response); // The connection is then not used again.
        }
    }

    private static IOException refusal(URI uri, HttpProxies used) {
        return used.forUrl(uri)
                .<IOException>map(proxy -> new ProxyRefusal(
                        proxy.host() + ":" + proxy.port(), proxy.credential().map(Credential::source)))
                .orElseGet(() -> new IOException("the server answered like a proxy, with HTTP status 407"));
    }

    private CloseableHttpClient client(HttpProxies used, @Nullable SSLContext trust) {
        return clients.computeIfAbsent(
                new Key(used, trust != null),
                key -> HttpClients.builder(
                                used,
                                trust == null
                                        ? DefaultClientTlsStrategy.createSystemDefault()
                                        : new DefaultClientTlsStrategy(
                                                trust,
                                                HostnameVerificationPolicy.CLIENT,
                                                NoopHostnameVerifier.INSTANCE),
                                CONNECT,
                                silence)
                        .build());
    }

    /** Returns a context with these managers, for a user whose git configuration has {@code http.sslVerify=false}. */
    static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (CloseableHttpClient client : clients.values()) {
            client.close();
        }
    }
}
