package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A repository's address, its secret taken out: {@code https://host/group/repo.git}, {@code ssh://git@host/group/repo.git},
 * {@code git@host:group/repo.git}, {@code file:///srv/repo.git}.
 *
 * @param uri the address, without a token or password; an SSH address keeps its user
 * @param user the user that the address names beside a password
 * @param secret the token or the password that the address carries
 */
public record GitRemote(URIish uri, Optional<String> user, Optional<Secret> secret) {

    private static final String WANTED =
            "is not the address of a git repository; write it as https://host/group/repo.git,"
                    + " ssh://git@host/group/repo.git or git@host:group/repo.git";

    private static final int LONGEST = 2000;
    /** What git hands to a program of that name, as {@code ext::sh}. */
    private static final Pattern REMOTE_HELPER = Pattern.compile("\\s*[A-Za-z0-9+.-]+::");

    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "file");

    /**
     * An address as it is written in a configuration.
     *
     * @throws IllegalArgumentException if it is not an address of a git repository; the message ends a sentence, and shows nothing of it
     */
    public static GitRemote of(String written) {
        if (written.length() > LONGEST
                || !OneLine.isPlain(written)
                || REMOTE_HELPER.matcher(written).lookingAt()) {
            throw new IllegalArgumentException(WANTED);
        }
        URIish uri;
        try {
            uri = new URIish(written.strip());
        } catch (URISyntaxException | NumberFormatException e) { // The latter for a port of many digits.
            throw new IllegalArgumentException(WANTED);
        }
        String scheme = scheme(uri);
        boolean hasHost = uri.getHost() != null && !uri.getHost().isBlank();
        if (!SCHEMES.contains(scheme) || uri.getPort() > 65535 || !hasHost && !scheme.equals("file")) {
            throw new IllegalArgumentException(WANTED);
        }
        if (uri.getPath() == null || uri.getPath().isBlank() || uri.getPath().equals("/")) {
            throw new IllegalArgumentException("names no repository on its host, as https://host/group/repo.git does");
        }
        Optional<String> user = text(uri.getUser());
        Optional<String> password = text(uri.getPass());
        if (scheme.equals("ssh")) {
            if (password.isPresent()) {
                throw new IllegalArgumentException(
                        "carries a password for SSH; use a key, or a server of settings.xml with the parameter 'gitServerId'");
            }
            return new GitRemote(uri, Optional.empty(), Optional.empty());
        }
        URIish bare = uri.setUser(null).setPass(null);
        if (password.isPresent()) {
            return new GitRemote(bare, user, password.map(Secret::of));
        }
        return new GitRemote(bare, Optional.empty(), user.map(Secret::of));
    }

    /** In lower case; an address without one, {@code git@host:group/repo.git}, is one of SSH. */
    private static String scheme(URIish uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.isEmpty() ? "ssh" : scheme;
    }

    public boolean isSsh() {
        return uri.getScheme() == null || uri.getScheme().equalsIgnoreCase("ssh");
    }

    boolean isHttp() {
        return uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
    }

    /** Whether all that is sent there can be read on the way: HTTP without TLS, to another machine. */
    public boolean isPlainHttp() {
        return isHttp() && uri.getScheme().equalsIgnoreCase("http") && !Loopback.is(uri.getHost());
    }

    /** Whether a server sent on from here is the same one, reached no less safely. */
    boolean isServerOf(URIish other) {
        boolean same = String.valueOf(uri.getHost()).equalsIgnoreCase(other.getHost());
        if (!isHttp() || other.getScheme() == null) {
            return same;
        }
        boolean secured =
                uri.getScheme().equalsIgnoreCase("http") && other.getScheme().equalsIgnoreCase("https");
        return same
                && (secured || uri.getScheme().equalsIgnoreCase(other.getScheme()) && uri.getPort() == other.getPort());
    }

    /** What two spellings of one address have in common. */
    public String identity() {
        String path = uri.getPath().replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT) + ":" + path;
    }

    /** The address, fit to be shown. */
    @Override
    public String toString() {
        return uri.toString();
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
