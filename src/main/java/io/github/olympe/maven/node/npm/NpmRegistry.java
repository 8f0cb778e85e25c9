package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A registry of npm packages.
 *
 * @param url its URL, with a slash at the end
 */
public record NpmRegistry(URI url) {

    /** The one that npm uses where no other is named. */
    static final String PUBLIC = "https://registry.npmjs.org/";

    private static final String PARAMETER = "npmRegistry (olympe.npmRegistry)";
    private static final String ADVICE = "It is not a URL. Write one such as 'https://npm.example.com/'.";

    /**
     * The registry at a URL.
     *
     * @param source where the URL is from, for error messages: {@code '.npmrc'}
     */
    public static NpmRegistry of(String source, String url) {
        Optional<URI> uri = uri(url);
        if (uri.map(URI::getUserInfo).isPresent()) {
            throw new OlympeException("The registry's URL in " + source
                    + " has a user or password in it. Take them out, and name a server of settings.xml with the parameter"
                    + " 'npmServerId' (olympe.npmServerId).");
        }
        return uri.filter(NpmRegistry::isHttp).map(NpmRegistry::new).orElseThrow(() -> {
            String shown = url.contains("@") ? "(not shown, since it may contain a password)" : "'" + url + "'";
            return new OlympeException("The registry's URL " + shown + " in " + source
                    + " is not one. Write one such as 'https://npm.example.com/'.");
        });
    }

    /** The registry that the parameter {@code npmRegistry} names. */
    public static NpmRegistry ofParameter(String url) {
        Optional<URI> uri = uri(url);
        if (uri.map(URI::getUserInfo).isPresent()) {
            throw InvalidParameter.hidden(
                    PARAMETER,
                    "The URL has a user or password in it. Take them out, and name a server of settings.xml with the"
                            + " parameter 'npmServerId' (olympe.npmServerId).");
        }
        return uri.filter(NpmRegistry::isHttp)
                .map(NpmRegistry::new)
                .orElseThrow(() -> url.contains("@")
                        ? InvalidParameter.hidden(PARAMETER, ADVICE)
                        : InvalidParameter.of(PARAMETER, url, ADVICE));
    }

    private static Optional<URI> uri(String url) {
        try {
            return Optional.of(new URI(url.strip().endsWith("/") ? url.strip() : url.strip() + "/"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHttp(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
    }

    /** Returns the arguments that make npm use this registry for a package, even if {@code .npmrc} has another for its scope. */
    List<String> arguments(String packageName) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--registry=" + url);
        if (packageName.startsWith("@")) {
            arguments.add("--" + packageName.substring(0, Math.max(1, packageName.indexOf('/'))) + ":registry=" + url);
        }
        return arguments;
    }
}
