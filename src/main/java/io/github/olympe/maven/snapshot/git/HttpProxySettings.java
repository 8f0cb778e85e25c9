package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Sends a transport's connections through the proxies of {@code settings.xml}, where one stands before the host. */
final class HttpProxySettings {

    /** Java refuses a password to a proxy on the way to HTTPS unless this is empty, which is read when it makes its first connection. */
    private static final String REFUSED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private HttpProxySettings() {}

    static void apply(TransportHttp transport, HttpProxies proxies) {
        if (proxies.proxies().isEmpty()) {
            return;
        }
        if (System.getProperty(REFUSED_SCHEMES) == null
                && proxies.proxies().stream()
                        .anyMatch(proxy -> proxy.credential().isPresent())) {
            System.setProperty(REFUSED_SCHEMES, "");
        }
        transport.setHttpConnectionFactory(new ProxiedConnections(proxies));
    }

    private static final class ProxiedConnections extends JDKHttpConnectionFactory {

        private final HttpProxies proxies;

        /** Java sends a password without being asked, as a request that is streamed needs it, only where it got it from the same object. */
        private final Map<HttpProxy, Authenticated> known = new HashMap<>();

        ProxiedConnections(HttpProxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public HttpConnection create(URL url) throws IOException {
            return create(url, Proxy.NO_PROXY);
        }

        @Override
        @SuppressWarnings("deprecation") // the replacement of the constructor is newer than Java 17
        public HttpConnection create(URL url, Proxy otherwise) throws IOException {
            Optional<HttpProxy> found = proxies.forUrl(URI.create(url.toString()));
            if (found.isEmpty()) {
                return super.create(url, otherwise);
            }
            Proxy proxy = new Proxy(
                    Proxy.Type.HTTP,
                    new InetSocketAddress(found.get().host(), found.get().port()));
            Optional<Credential> credential = found.get().credential();
            return credential.isEmpty()
                    ? super.create(url, proxy)
                    : super.create(
                            new URL(
                                    null,
                                    url.toString(),
                                    known.computeIfAbsent(found.get(), unknown -> new Authenticated(credential.get()))),
                            proxy);
        }
    }

    /** Opens connections that know what the proxy asks for; JGit's own have no way to be told. */
    private static final class Authenticated extends URLStreamHandler {

        private final Authenticator authenticator;

        Authenticated(Credential credential) {
            this.authenticator = new Authenticator() {
                @Override
                protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                    if (getRequestorType() != RequestorType.PROXY) {
                        return null;
                    }
                    String password =
                            credential.secret().map(secret -> secret.reveal()).orElse("");
                    return new PasswordAuthentication(credential.username().orElse(""), password.toCharArray());
                }
            };
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return openConnection(url, Proxy.NO_PROXY);
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            URLConnection connection = URI.create(url.toString()).toURL().openConnection(proxy);
            ((HttpURLConnection) connection).setAuthenticator(authenticator);
            return connection;
        }
    }
}
