package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/**
 * Answers a git server that asks for a user and a password. A token alone is tried in at most two ways. If it is written in the address, it
 * is sent as the user, as git itself does. Otherwise it is the password, with the user that the address or the host defines. Questions to a
 * person (whether to trust a certificate or a host's key) are answered with no. So are requests from other servers after a redirect.
 */
final class GitCredentials extends CredentialsProvider {

    /** A user with a password, which is empty if the user is the token. */
    private record Login(String user, String password) {}

    private final GitRemote remote;
    private final String source;
    private final List<Login> logins;
    private int next;

    private GitCredentials(GitRemote remote, String source, Set<Login> logins) {
        this.remote = remote;
        this.source = source;
        this.logins = new ArrayList<>(logins);
    }

    /** Also hides the form on the wire: a token as the user, with the colon after it. */
    void hideIn(SecretMask mask) {
        for (Login login : logins) {
            if (login.password().isEmpty()) {
                mask.add(Secret.of(login.user() + ":"));
            } else {
                mask.addBasic(login.user(), Secret.of(login.password()));
            }
        }
    }

    /**
     * Returns the answers: the password in the address, else a token from elsewhere with the user in the address, else the user part of the
     * address, which is then a token.
     *
     * @param credential the token or password from elsewhere
     */
    static GitCredentials of(GitRemote remote, Optional<Credential> credential) {
        Optional<Secret> elsewhere = credential.flatMap(Credential::secret);
        Optional<Secret> own = remote.secret();
        if (own.isPresent() && (remote.user().isPresent() || elsewhere.isEmpty())) {
            Set<Login> logins = new LinkedHashSet<>();
            String secret = own.get().reveal();
            if (remote.user().isPresent()) {
                logins.add(new Login(remote.user().get(), secret));
            } else {
                logins.add(new Login(secret, ""));
                logins.add(new Login(tokenUser(remote), secret));
            }
            return new GitCredentials(remote, "the address in the snapshot configuration", logins);
        }
        if (elsewhere.isEmpty()) {
            return new GitCredentials(remote, "none", Set.of());
        }
        String secret = elsewhere.get().reveal();
        Optional<String> user = credential.flatMap(Credential::username);
        Optional<String> named = remote.user().or(() -> own.map(Secret::reveal));
        Set<Login> logins = new LinkedHashSet<>();
        user.or(() -> named).ifPresent(name -> logins.add(new Login(name, secret)));
        if (user.isEmpty()) {
            logins.add(new Login(tokenUser(remote), secret));
        }
        if (logins.size() == 1 && user.isEmpty()) {
            logins.add(new Login(secret, ""));
        }
        return new GitCredentials(remote, credential.map(Credential::source).orElse(""), logins);
    }

    /** Returns the user that a host expects with a token as the password. Most hosts accept any. */
    private static String tokenUser(GitRemote remote) {
        String name = String.valueOf(remote.uri().getHost()).toLowerCase(Locale.ROOT);
        if (name.contains("github")) {
            return "x-access-token";
        }
        return name.contains("bitbucket") ? "x-token-auth" : "oauth2";
    }

    /** Returns the source of the secret, as a user would name it. */
    String source() {
        return source;
    }

    boolean isEmpty() {
        return logins.isEmpty();
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (!supports(items) || next >= logins.size() || !remote.isServerOf(uri)) {
            return false;
        }
        Login login = logins.get(next);
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username username) {
                username.setValue(login.user());
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(login.password().toCharArray());
            }
        }
        return true;
    }

    @Override
    public void reset(URIish uri) {
        next++;
    }
}
