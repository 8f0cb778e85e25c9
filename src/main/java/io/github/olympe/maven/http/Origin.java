package io.github.olympe.maven.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A server as RFC 6454 identifies it: by scheme, host and port. A credential belongs to one origin. Names are in lower case and the port is
 * always given, so that {@code https://Example.com} and {@code https://example.com:443} are equal.
 */
public record Origin(String scheme, String host, int port) {

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Returns the origin of an HTTP or HTTPS URL, or empty for any other URL, such as a relative one or {@code file:}. */
    public static Optional<Origin> of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        return Optional.of(of(scheme, url.getHost(), url.getPort()));
    }

    /** Returns an origin. A negative port means the scheme's standard port. */
    public static Origin of(String scheme, String host, int port) {
        return new Origin(scheme, host, port < 0 ? standardPort(scheme) : port);
    }

    /**
     * Returns the origin of an HTTP or HTTPS URL.
     *
     * @throws IllegalArgumentException if it is another URL
     */
    public static Origin ofServer(URI url) {
        return of(url).orElseThrow(() -> new IllegalArgumentException("a URL without a server"));
    }

    private static int standardPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    /** Returns whether others can read what is sent there: plain HTTP to another machine. */
    public boolean isInsecure() {
        return !isEncrypted() && !Loopback.is(host);
    }

    /** Returns whether it uses HTTPS. */
    public boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Returns the host, with the port unless it is the scheme's standard one. */
    public String authority() {
        return port == standardPort(scheme) ? host : host + ":" + port;
    }

    /** Returns the origin as a URL without a path, such as {@code https://example.com}. */
    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
