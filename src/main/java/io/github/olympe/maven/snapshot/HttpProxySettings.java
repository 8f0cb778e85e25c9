package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.credential.HttpProxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Sends a transport's connections through the proxies of {@code settings.xml}, where one stands before the host. */
final class HttpProxySettings {

    private HttpProxySettings() {}

    static void apply(TransportHttp transport, HttpProxies proxies) {
        if (!proxies.proxies().isEmpty()) {
            transport.setHttpConnectionFactory(new ProxiedConnections(proxies));
        }
    }

    private static final class ProxiedConnections extends JDKHttpConnectionFactory {

        private final HttpProxies proxies;

        ProxiedConnections(HttpProxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public HttpConnection create(URL url) throws IOException {
            return create(url, Proxy.NO_PROXY);
        }

        @Override
        public HttpConnection create(URL url, Proxy otherwise) throws IOException {
            var found = proxies.forUrl(URI.create(url.toString()));
            if (found.isEmpty()) {
                return super.create(url, otherwise);
            }
            HttpConnection connection = super.create(
                    url,
                    new Proxy(
                            Proxy.Type.HTTP,
                            new InetSocketAddress(
                                    found.get().host(), found.get().port())));
            found.get().credential().ifPresent(credential -> {
                String login = credential.username().orElse("") + ":"
                        + credential.secret().map(secret -> secret.reveal()).orElse("");
                connection.setRequestProperty(
                        "Proxy-Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
            });
            return connection;
        }
    }
}
