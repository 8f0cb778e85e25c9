package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.credential.UrlUser;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A repository's address without its user and secret: {@code https://host/group/repo.git}, {@code ssh://git@host/group/repo.git},
 * {@code git@host:group/repo.git}, {@code file:///srv/repo.git}.
 *
 * @param uri the address, without a token or password; an SSH address keeps its user
 * @param user the user that the address names
 * @param secret the user's password; without a password, the user part, which is a token unless one comes from elsewhere
 */
public record GitRemote(URIish uri, Optional<String> user, Optional<Secret> secret) {

    private static final String WANTED =
            "is not the address of a git repository; write it as https://host/group/repo.git,"
                    + " ssh://git@host/group/repo.git or git@host:group/repo.git";

    private static final int LONGEST = 2000;
    /** An address that git passes to a program of that name, such as {@code ext::sh}. */
    private static final Pattern REMOTE_HELPER = Pattern.compile("\\s*[A-Za-z0-9+.-]+::");

    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "file");

    /**
     * Parses an address from a configuration, absent if it is not the address of a git repository.
     *
     * @param problem receives what is wrong, as the end of a sentence that does not show the address
     */
    public static Optional<GitRemote> of(String written, Consumer<String> problem) {
        Optional<URIish> parsed = parse(written);
        if (parsed.isEmpty() || !isRepository(parsed.get())) {
            problem.accept(WANTED);
            return Optional.empty();
        }
        URIish uri = parsed.get();
        if (uri.getPath() == null || uri.getPath().isBlank() || uri.getPath().equals("/")) {
            problem.accept("names no repository on its host; write it as https://host/group/repo.git");
            return Optional.empty();
        }
        Optional<String> user = text(uri.getUser());
        Optional<String> password = text(uri.getPass());
        if (scheme(uri).equals("ssh")) {
            if (password.isPresent()) {
                problem.accept(
                        "contains a password for SSH; use a key, or a server of settings.xml with the parameter 'gitServerId'");
                return Optional.empty();
            }
            return Optional.of(new GitRemote(uri, Optional.empty(), Optional.empty()));
        }
        URIish bare = uri.setUser(null).setPass(null);
        boolean isName = user.filter(name -> UrlUser.isName(name, String.valueOf(uri.getHost()), uri.getPath()))
                .isPresent();
        return Optional.of(
                password.isPresent() || isName
                        ? new GitRemote(bare, user, password.map(Secret::of))
                        : new GitRemote(bare, Optional.empty(), user.map(Secret::of)));
    }

    private static Optional<URIish> parse(String written) {
        if (written.length() > LONGEST
                || !OneLine.isPlain(written)
                || REMOTE_HELPER.matcher(written).lookingAt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URIish(written.strip()));
        } catch (URISyntaxException | NumberFormatException e) { // A port of many digits causes the latter.
            return Optional.empty();
        }
    }

    private static boolean isRepository(URIish uri) {
        boolean hasHost = uri.getHost() != null && !uri.getHost().isBlank();
        return SCHEMES.contains(scheme(uri))
                && uri.getPort() <= 65535
                && (hasHost || scheme(uri).equals("file"));
    }

    /** Returns the scheme in lower case. An address without one, {@code git@host:group/repo.git}, uses SSH. */
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

    /** Returns whether others can read what is sent there: HTTP without TLS, to another machine. */
    public boolean isPlainHttp() {
        return isHttp() && uri.getScheme().equalsIgnoreCase("http") && !Loopback.is(uri.getHost());
    }

    /** Returns whether another address is on the same server, or on the same one with TLS. The default port may be written or left out. */
    boolean isServerOf(URIish other) {
        if (!isHttp() || other.getScheme() == null) {
            return String.valueOf(uri.getHost()).equalsIgnoreCase(other.getHost());
        }
        Origin own = origin(uri);
        Origin asking = origin(other);
        boolean secured =
                own.equals(Origin.of("http", own.host(), -1)) && asking.equals(Origin.of("https", own.host(), -1));
        return own.equals(asking) || secured;
    }

    private static Origin origin(URIish address) {
        return Origin.of(address.getScheme(), String.valueOf(address.getHost()), address.getPort());
    }

    /** Returns a form that is the same for all spellings of an address. */
    public String identity() {
        String path = uri.getPath().replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT) + ":" + path;
    }

    /** Returns the address for display. */
    @Override
    public String toString() {
        return uri.toString();
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
