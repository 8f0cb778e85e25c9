package io.github.olympe.maven.http;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The active proxies of {@code settings.xml}, in their order. */
public record HttpProxies(List<HttpProxy> proxies) {

    public HttpProxies {
        proxies = List.copyOf(proxies);
    }

    /** Returns no proxies. */
    public static HttpProxies none() {
        return new HttpProxies(List.of());
    }

    /**
     * Returns the proxy for this URL, chosen as Maven itself does: the first one for the URL's protocol that does not exclude its host. If
     * {@code https} has none, the first such proxy for {@code http} is used, which is also the protocol of a proxy that names none.
     */
    public Optional<HttpProxy> forUrl(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            return Optional.empty();
        }
        Optional<HttpProxy> own = first(url.getScheme(), url.getHost());
        return own.isPresent() || !url.getScheme().equalsIgnoreCase("https") ? own : first("http", url.getHost());
    }

    private Optional<HttpProxy> first(String protocol, String host) {
        return proxies.stream().filter(proxy -> proxy.appliesTo(protocol, host)).findFirst();
    }
}
