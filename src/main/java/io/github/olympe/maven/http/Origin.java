package io.github.olympe.maven.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A server as RFC 6454 tells servers apart: scheme, host and port. A credential belongs to one origin. Names are in lower case and the port
 * is always given, so that {@code https://Example.com} and {@code https://example.com:443} are equal.
 */
public record Origin(String scheme, String host, int port) {

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Returns the origin of an HTTP or HTTPS URL; empty for any other URL, such as a relative one or {@code file:}. */
    public static Optional<Origin> of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean https = scheme.equals("https");
        if (url.getHost() == null || !https && !scheme.equals("http")) {
            return Optional.empty();
        }
        int standard = https ? 443 : 80;
        return Optional.of(new Origin(scheme, url.getHost(), url.getPort() < 0 ? standard : url.getPort()));
    }

    /** Whether what is sent there can be read on the way: plain HTTP to another machine. */
    public boolean isInsecure() {
        return scheme.equals("http") && !Loopback.is(host);
    }

    /** The origin as a URL without a path, such as {@code https://example.com:443}. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
