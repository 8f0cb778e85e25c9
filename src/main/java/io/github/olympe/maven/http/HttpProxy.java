package io.github.olympe.maven.http;

import io.github.olympe.maven.credential.Credential;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An active proxy of {@code settings.xml}.
 *
 * @param protocol the protocol of the URLs that use this proxy, {@code http} or {@code https}
 * @param host the proxy's host
 * @param port the proxy's port
 * @param credential the login for the proxy
 * @param nonProxyHosts hosts that are reached directly; {@code *} matches any letters
 */
public record HttpProxy(
        String protocol, String host, int port, Optional<Credential> credential, List<String> nonProxyHosts) {

    public HttpProxy {
        nonProxyHosts = List.copyOf(nonProxyHosts);
    }

    /** Returns whether URLs of this protocol and host go through this proxy. */
    public boolean appliesTo(String urlProtocol, String urlHost) {
        return protocol.equalsIgnoreCase(urlProtocol) && nonProxyHosts.stream().noneMatch(p -> matches(p, urlHost));
    }

    /**
     * Returns whether a host matches a pattern with {@code *} for any letters. The time grows with at most the product of their lengths.
     */
    private static boolean matches(String pattern, String host) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String given = host.toLowerCase(Locale.ROOT);
        int w = 0;
        int star = -1;
        int taken = 0;
        for (int g = 0; g < given.length(); ) {
            if (w < wanted.length() && wanted.charAt(w) == '*') {
                star = w++;
                taken = g;
            } else if (w < wanted.length() && wanted.charAt(w) == given.charAt(g)) {
                w++;
                g++;
            } else if (star >= 0) {
                w = star + 1;
                g = ++taken;
            } else {
                return false;
            }
        }
        return wanted.substring(w).chars().allMatch(c -> c == '*');
    }
}
