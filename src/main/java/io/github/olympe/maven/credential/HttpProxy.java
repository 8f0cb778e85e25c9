package io.github.olympe.maven.credential;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An active proxy of {@code settings.xml}.
 *
 * @param protocol the protocol of the URLs that it is for, {@code http} or {@code https}
 * @param host the proxy's host
 * @param port the proxy's port
 * @param credential what the proxy asks for
 * @param nonProxyHosts hosts that are reached directly, {@code *} standing for any letters
 */
public record HttpProxy(
        String protocol, String host, int port, Optional<Credential> credential, List<String> nonProxyHosts) {

    public HttpProxy {
        nonProxyHosts = List.copyOf(nonProxyHosts);
    }

    /** Whether URLs of this protocol and host go through this proxy. */
    public boolean standsBefore(String urlProtocol, String urlHost) {
        return protocol.equalsIgnoreCase(urlProtocol) && nonProxyHosts.stream().noneMatch(p -> matches(p, urlHost));
    }

    private static boolean matches(String pattern, String host) {
        String regex = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
        return host.toLowerCase(Locale.ROOT).matches(regex);
    }
}
