package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.text.InvalidParameter;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URL at which an environment serves its frontend.
 *
 * @param uri the URL, which ends with a slash
 */
public record AwaitUrl(URI uri) {

    private static final String ADVICE = "Write a URL without a query, such as 'https://shop.example.com/'.";

    /**
     * Checks the URL.
     *
     * @param parameter the parameter that sets it
     * @param withCredential whether a credential is sent there
     * @throws OlympeException if it is not an HTTP or HTTPS URL, has a user or a query, or would get a credential unencrypted
     */
    public static AwaitUrl of(String parameter, String text, boolean withCredential) {
        URI uri;
        try {
            uri = new URI(text.strip().endsWith("/") ? text.strip() : text.strip() + "/").parseServerAuthority();
        } catch (URISyntaxException e) {
            throw invalid(parameter, text);
        }
        if (uri.getRawUserInfo() != null) {
            throw InvalidParameter.hidden(
                    parameter,
                    "Put the user and password into a server of settings.xml, and name it by 'awaitServerId'.");
        }
        Origin origin = Origin.of(uri).orElseThrow(() -> invalid(parameter, text));
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || origin.port() < 1 || origin.port() > 65_535) {
            throw invalid(parameter, text);
        }
        if (withCredential && origin.isInsecure()) {
            throw InvalidParameter.of(
                    parameter,
                    text,
                    "The credential of 'awaitServerId' would be sent there unencrypted. Use https, or leave out 'awaitServerId'.");
        }
        return new AwaitUrl(uri);
    }

    private static OlympeException invalid(String parameter, String text) {
        return text.contains("@") || text.contains("?")
                ? InvalidParameter.hidden(parameter, ADVICE)
                : InvalidParameter.of(parameter, text, ADVICE);
    }

    /** Returns the URL of a file. */
    URI of(ServedFile file) {
        try {
            String path = new URI(null, null, "/" + file.path(), null).toASCIIString();
            return uri.resolve("." + path);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + file.path() + "' has no URL", e);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
