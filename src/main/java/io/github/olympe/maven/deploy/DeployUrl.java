package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.text.InvalidParameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The URL of a deploy webhook.
 *
 * @param uri the URL
 */
public record DeployUrl(URI uri) {

    /**
     * Checks the URL. It must use HTTPS, or HTTP to a loopback host, and must not contain a user or password, which would be printed with
     * it.
     *
     * @param parameter the parameter that sets it
     * @param allowInsecure whether plain HTTP to any host is allowed
     * @throws OlympeException if it is not such a URL
     */
    public static DeployUrl of(String parameter, String text, boolean allowInsecure) {
        URI uri = parse(parameter, text.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean validPort = uri.getPort() == -1 || uri.getPort() >= 1 && uri.getPort() <= 65535;
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text.strip());
        if (uri.getHost() == null || !validPort || !ascii || !scheme.equals("https") && !scheme.equals("http")) {
            throw notAUrl(parameter, text);
        }
        if (scheme.equals("http") && !allowInsecure && !Loopback.is(uri.getHost())) {
            throw InvalidParameter.of(
                    parameter,
                    new DeployUrl(uri),
                    "The token would be sent there unencrypted. Use https, or set 'allowInsecureDeploy'.");
        }
        return new DeployUrl(uri);
    }

    private static URI parse(String parameter, String text) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            if (uri.getRawUserInfo() != null) {
                throw InvalidParameter.hidden(
                        parameter,
                        "The URL has a user or password in it. Put the token into a server of settings.xml ('deployServerId') or into"
                                + " OLYMPE_DEPLOY_TOKEN.");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw notAUrl(parameter, text);
        }
    }

    private static OlympeException notAUrl(String parameter, String text) {
        String advice = "It is not a URL. Write one such as 'https://deploy.example.com/acme/production'.";
        return text.contains("@")
                ? InvalidParameter.hidden(parameter, advice)
                : InvalidParameter.of(parameter, text.replaceFirst("(?s)\\?.*", "?***"), advice);
    }

    /** Returns the URL for display, without its query, which may hold a key. */
    @Override
    public String toString() {
        String text = uri.toString();
        return uri.getRawQuery() == null ? text : text.substring(0, text.indexOf('?')) + "?***";
    }
}
