package io.github.olympe.maven.http;

import java.net.URI;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Sends requests through the proxies of {@code settings.xml}; this machine is always reached directly. */
final class ProxyRoutes extends DefaultRoutePlanner {

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
