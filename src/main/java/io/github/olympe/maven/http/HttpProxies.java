package io.github.olympe.maven.http;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The active proxies of {@code settings.xml}, in its order. */
public record HttpProxies(List<HttpProxy> proxies) {

    public HttpProxies {
        proxies = List.copyOf(proxies);
    }

    /** No proxy at all. */
    public static HttpProxies none() {
        return new HttpProxies(List.of());
    }

    /**
     * The proxy that this URL goes through, as Maven itself chooses: the first one for its protocol that does not leave its host out, and
     * for {@code https}, where there is none, the first such one for {@code http}, which is the protocol of a proxy that names none.
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
