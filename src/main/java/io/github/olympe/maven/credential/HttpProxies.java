package io.github.olympe.maven.credential;

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

    /** The proxy that this URL goes through: the first one for its protocol that does not leave its host out. */
    public Optional<HttpProxy> forUrl(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            return Optional.empty();
        }
        return proxies.stream()
                .filter(proxy -> proxy.standsBefore(url.getScheme(), url.getHost()))
                .findFirst();
    }
}
