package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.text.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The proxies of {@code settings.xml} as environment variables for npm. Variables that are already set stay unchanged.
 *
 * @param proxies the proxies of settings.xml
 * @param npm npm in the project
 */
public record NpmProxies(HttpProxies proxies, Npm npm) {

    /** This machine, which no proxy leads to. npm has no pattern for all of 127.0.0.0/8. */
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** The variables for proxies that ask for a password. */
    public Map<String, Secret> secrets() {
        Map<String, Secret> variables = new TreeMap<>();
        first().forEach((name, proxy) -> {
            if (proxy.credential().isPresent()) {
                variables.put(name, Secret.of(url(proxy).toString()));
            }
        });
        return variables;
    }

    /** Returns the variables that are not secret. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        Map<String, HttpProxy> first = first();
        first.forEach((name, proxy) -> {
            if (proxy.credential().isEmpty()) {
                variables.put(name, url(proxy).toString());
            }
        });
        if (!first.isEmpty() && variable("no_proxy").isEmpty()) {
            variables.put("no_proxy", String.join(",", direct()));
        }
        return variables;
    }

    private Optional<String> variable(String name) {
        return npm.environment().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Returns the first proxy for each variable that the environment does not set. If there is none for https, the one for http is used.
     */
    private Map<String, HttpProxy> first() {
        Map<String, HttpProxy> first = new LinkedHashMap<>();
        for (HttpProxy proxy : proxies.proxies()) {
            first.putIfAbsent(proxy.protocol().toLowerCase(Locale.ROOT) + "_proxy", proxy);
        }
        HttpProxy http = first.get("http_proxy");
        if (http != null) {
            first.putIfAbsent("https_proxy", http);
        }
        first.keySet().removeIf(name -> variable(name).isPresent());
        return first;
    }

    /**
     * Returns the hosts that npm reaches directly: this machine, the hosts that npm will request and that Maven would reach directly, and
     * those of Maven's patterns that npm can express. For npm, a name means everything that ends with it, and {@code *} is not possible in
     * the middle or at the end ({@code 10.*}).
     */
    private Set<String> direct() {
        Set<String> direct = new LinkedHashSet<>(LOOPBACK);
        for (URI url : urls()) {
            if (proxies.forUrl(url).isEmpty()) {
                direct.add(url.getHost());
            }
        }
        for (HttpProxy proxy : proxies.proxies()) {
            for (String pattern : proxy.nonProxyHosts()) {
                String name = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
                if (!name.contains("*")) {
                    direct.add(name);
                }
            }
        }
        return direct;
    }

    /**
     * Returns the URLs that npm will request, as far as they are known: the registries of its configuration, and the sources of packages in
     * the lock file.
     */
    private Set<URI> urls() {
        Set<URI> urls = new TreeSet<>();
        add(urls, npm.configuration().registry());
        npm.configuration().all().forEach(entry -> {
            if (entry.key().equals("registry") || entry.key().endsWith(":registry")) {
                add(urls, entry.value());
            }
        });
        LockFile.of(npm.workspace().root()).ifPresent(lock -> {
            for (JsonNode entry : lock.packages()) {
                add(urls, entry.path("resolved").asText());
            }
        });
        return urls;
    }

    private static void add(Set<URI> urls, String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && url.getScheme() != null) {
                urls.add(new URI(url.getScheme(), url.getHost(), null, null));
            }
        } catch (IllegalArgumentException | java.net.URISyntaxException e) {
            // npm will report that.
            return;
        }
    }

    private static URI url(HttpProxy proxy) {
        String user = proxy.credential()
                .map(credential -> encode(credential.username().orElse("")) + ":"
                        + encode(credential.secret().map(Secret::reveal).orElse("")) + "@")
                .orElse("");
        return URI.create("http://" + user + proxy.host() + ":" + proxy.port());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
