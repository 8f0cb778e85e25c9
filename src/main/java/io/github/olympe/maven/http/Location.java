package io.github.olympe.maven.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads URLs that servers write into a {@code Location} header, including relative URLs and ones with characters that a URL may not have.
 */
public final class Location {

    private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=%";
    private static final Pattern SERVER = Pattern.compile("(?i)https?://[^/?#]*");

    private Location() {}

    /**
     * Returns the URL that a server's answer points to.
     *
     * @param base the URL of the request
     * @throws URISyntaxException if it is not an HTTP or HTTPS URL with a host
     */
    public static URI of(URI base, String value) throws URISyntaxException {
        if (value.isBlank()) {
            throw new URISyntaxException(value, "there is no URL");
        }
        return absolute(base.resolve(new URI(encoded(value.strip()))));
    }

    /**
     * Parses a URL with a host.
     *
     * @throws URISyntaxException if it is not one
     */
    public static URI absolute(String url) throws URISyntaxException {
        return absolute(new URI(encoded(url.strip())));
    }

    private static URI absolute(URI url) throws URISyntaxException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.parseServerAuthority().getPort();
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null || port == 0 || port > 65535) {
            throw new URISyntaxException(url.toString(), "it does not name a server");
        }
        return new URI(scheme + url.toString().substring(scheme.length()));
    }

    /** Encodes characters that no URL may have, such as {@code |} or a space, and leaves everything else as the server wrote it. */
    private static String encoded(String url) {
        Matcher server = SERVER.matcher(url);
        int start = server.lookingAt() ? server.end() : 0;
        StringBuilder encoded = new StringBuilder(url.substring(0, start));
        for (int i = start; i < url.length(); ) {
            int c = url.codePointAt(i);
            boolean brokenEscape = c == '%' && !isEscape(url, i);
            if (!brokenEscape && (isAlphanumeric(c) || c < 128 && ALLOWED.indexOf(c) >= 0)) {
                encoded.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", b));
                }
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }

    private static boolean isEscape(String url, int i) {
        return i + 2 < url.length()
                && Character.digit(url.charAt(i + 1), 16) >= 0
                && Character.digit(url.charAt(i + 2), 16) >= 0;
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
