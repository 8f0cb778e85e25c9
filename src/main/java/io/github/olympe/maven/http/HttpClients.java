package io.github.olympe.maven.http;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Builds HTTP clients. All of them use the proxies of {@code settings.xml} with their passwords, log no headers, and leave retries,
 * redirects, cookies and compression to the caller. No setting of the JVM changes them.
 */
public final class HttpClients {

    /** The most bytes of an unwanted response that are read so that the connection can be used again. */
    private static final int LARGEST_REST = 1 << 16;

    private static final int MOST = 16;

    private HttpClients() {}

    /**
     * Returns a builder for a client.
     *
     * @param proxies the proxies to go through
     * @param tls secures a connection
     * @param connect how long connecting may take
     * @param silence how long a server may be silent
     */
    public static HttpClientBuilder builder(
            HttpProxies proxies, TlsSocketStrategy tls, Duration connect, Duration silence) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(QuietConnection.factory())
                        .setTlsSocketStrategy(tls)
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(timeout(connect))
                                .build())
                        .setMaxConnPerRoute(MOST)
                        .setMaxConnTotal(2 * MOST)
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setTcpNoDelay(true).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout(connect))
                                .setSocketTimeout(timeout(silence))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout(silence))
                        .setConnectionRequestTimeout(Timeout.DISABLED)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(new ProxyRoutes(proxies))
                .setDefaultCredentialsProvider(credentials(proxies))
                .setUserAgent("olympe-maven-plugin")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression();
    }

    private static BasicCredentialsProvider credentials(HttpProxies proxies) {
        BasicCredentialsProvider provider = new BasicCredentialsProvider();
        for (HttpProxy proxy : proxies.proxies()) {
            proxy.credential()
                    .ifPresent(credential -> provider.setCredentials(
                            new AuthScope(proxy.host(), proxy.port()), usernamePassword(credential)));
        }
        return provider;
    }

    private static UsernamePasswordCredentials usernamePassword(Credential credential) {
        return new UsernamePasswordCredentials(
                credential.username().orElse(""),
                credential.secret().map(Secret::reveal).orElse("").toCharArray());
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    /** Sends requests through the proxies of {@code settings.xml}, except those to this machine. */
    private static final class ProxyRoutes extends DefaultRoutePlanner {

        private final HttpProxies proxies;

        ProxyRoutes(HttpProxies proxies) {
            super(DefaultSchemePortResolver.INSTANCE);
            this.proxies = proxies;
        }

        @Override
        protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
            if (Loopback.is(target.getHostName())) {
                return null;
            }
            return proxies.forUrl(URI.create(target.toURI()))
                    .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
                    .orElse(null);
        }
    }

    /**
     * Ends a response. A short rest is read, so that the connection can be used again. Otherwise the connection is cut, since with a normal
     * close the library would read everything that the server still sends.
     *
     * @param content the response's content
     */
    public static void end(ClassicHttpResponse response, InputStream content) {
        boolean isWhole = false;
        try {
            isWhole = content.readNBytes(LARGEST_REST).length < LARGEST_REST;
        } catch (IOException e) {
            // The response does not end, but what the caller needs of it is here.
        }
        if (!isWhole && response instanceof ModalCloseable connection) {
            connection.close(CloseMode.IMMEDIATE);
        } else {
            Closer.closeQuietly(response);
        }
    }
}
