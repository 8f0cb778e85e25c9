package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpProxiesTest {

    private static HttpProxy proxy(String protocol, String host, String... nonProxyHosts) {
        return new HttpProxy(protocol, host, 3128, Optional.empty(), List.of(nonProxyHosts));
    }

    private static Optional<String> host(String url, HttpProxy... proxies) {
        return new HttpProxies(List.of(proxies)).forUrl(URI.create(url)).map(HttpProxy::host);
    }

    @Test
    void usesTheFirstProxyForTheUrlsProtocol() {
        HttpProxy[] proxies = {proxy("http", "plain"), proxy("https", "secure"), proxy("https", "other")};
        assertThat(host("https://acme.com/", proxies)).contains("secure");
        assertThat(host("HTTPS://acme.com/", proxies)).contains("secure");
        assertThat(host("http://acme.com/", proxies)).contains("plain");
    }

    @Test
    void skipsAProxyThatExcludesTheHost() {
        HttpProxy[] proxies = {proxy("https", "first", "*.acme.com"), proxy("https", "second")};
        assertThat(host("https://npm.acme.com/", proxies)).contains("second");
        assertThat(host("https://acme.org/", proxies)).contains("first");
    }

    @Test
    void usesAProxyForHttpForHttpsIfThereIsNoOther() {
        assertThat(host("https://acme.com/", proxy("http", "plain"))).contains("plain");
        assertThat(host("https://acme.com/", proxy("http", "plain", "acme.com")))
                .isEmpty();
        assertThat(host("http://acme.com/", proxy("https", "secure"))).isEmpty();
    }
}
