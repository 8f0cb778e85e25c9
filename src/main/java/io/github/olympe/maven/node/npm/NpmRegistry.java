package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A registry of npm packages.
 *
 * @param url its URL, with a slash at the end
 */
public record NpmRegistry(URI url) {

    /** The one that npm uses where no other is named. */
    static final String PUBLIC = "https://registry.npmjs.org/";

    /**
     * The registry at a URL.
     *
     * @param source where the URL is from, for error messages: {@code the parameter 'npmRegistry' (-Dolympe.npmRegistry)}
     */
    public static NpmRegistry of(String source, String url) {
        try {
            URI uri = new URI(url.strip().endsWith("/") ? url.strip() : url.strip() + "/");
            if (uri.getUserInfo() != null) {
                throw new OlympeException("The registry's URL in " + source
                        + " has a user or password in it; take them out, and name a server of settings.xml with the parameter"
                        + " 'npmServerId' (-Dolympe.npmServerId).");
            }
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return new NpmRegistry(uri);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        String shown = url.contains("@") ? "(not shown, since it may hold a password)" : "'" + url + "'";
        throw new OlympeException("The registry's URL " + shown + " in " + source
                + " is not one; write it like 'https://npm.example.com/'.");
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
