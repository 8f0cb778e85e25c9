package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.text.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Converts the proxies of Maven's settings for the features. */
public final class SettingsProxies {

    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern SEPARATOR = Pattern.compile("[|,]");

    private SettingsProxies() {}

    public static HttpProxies of(Settings settings, SettingsDecrypter decrypter, SecretMask mask) {
        return new HttpProxies(settings.getProxies().stream()
                .filter(Proxy::isActive)
                .map(proxy -> decrypter
                        .decrypt(new DefaultSettingsDecryptionRequest(proxy))
                        .getProxy())
                .map(proxy -> proxy(proxy, mask))
                .toList());
    }

    private static HttpProxy proxy(Proxy proxy, SecretMask mask) {
        Optional<Secret> password = Optional.ofNullable(proxy.getPassword())
                .filter(text -> !text.isEmpty())
                .map(Secret::of);
        password.ifPresent(mask::add);
        Optional<Credential> credential = password.filter(secret -> proxy.getUsername() != null)
                .map(secret -> Credential.ofUser(
                        "proxy '" + proxy.getId() + "' of settings.xml", proxy.getUsername(), secret));
        List<String> nonProxyHosts = Stream.ofNullable(proxy.getNonProxyHosts())
                .flatMap(SEPARATOR::splitAsStream)
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
        String host = String.valueOf(proxy.getHost()).strip();
        if (!HOST.matcher(host).matches() || proxy.getPort() < 1 || proxy.getPort() > 65535) {
            throw new OlympeException(String.format(
                    "The proxy '%s' of settings.xml has the host '%s' and the port %d; give the name of a host alone, such as"
                            + " 'proxy.example.com', and a port from 1 to 65535.",
                    proxy.getId(),
                    host.contains("@") ? "(not shown, since it may hold a password)" : host,
                    proxy.getPort()));
        }
        String protocol =
                proxy.getProtocol() == null ? "http" : proxy.getProtocol().strip();
        return new HttpProxy(protocol, host, proxy.getPort(), credential, nonProxyHosts);
    }
}
