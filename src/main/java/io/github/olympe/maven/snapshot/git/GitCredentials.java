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
 * Answers a git server that asks who is there. A token alone is given in the ways that git hosts take one, in turn, at most two of them:
 * written into the address, it is the user first, as git itself sends it; else it is the password, of the user that the host expects.
 * Questions to a person (whether to trust a certificate or a host's key) are answered with no, and so is another server that the first
 * one redirects to.
 */
final class GitCredentials extends CredentialsProvider {

    /** A user with a password, which is empty where the user is the token. */
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

    /** Hides what goes over the wire, too: the token with the colon that ends it where it is the user. */
    void hideIn(SecretMask mask) {
        for (Login login : logins) {
            if (login.password().isEmpty()) {
                mask.add(Secret.of(login.user() + ":"));
            } else {
                mask.addBasic(login.user(), Secret.of(login.password()));
            }
        }
    }

    static GitCredentials of(GitRemote remote, Optional<Credential> credential) {
        if (remote.secret().isPresent()) {
            return of(
                    remote,
                    "the address in the snapshot configuration",
                    remote.user(),
                    remote.secret().get(),
                    true);
        }
        return credential
                .filter(found -> found.secret().isPresent())
                .map(found -> of(
                        remote, found.source(), found.username(), found.secret().get(), false))
                .orElseGet(() -> new GitCredentials(remote, "none", Set.of()));
    }

    private static GitCredentials of(
            GitRemote remote, String source, Optional<String> user, Secret secret, boolean tokenIsUserFirst) {
        Set<Login> logins = new LinkedHashSet<>();
        if (user.isPresent()) {
            logins.add(new Login(user.get(), secret.reveal()));
        } else {
            Login asUser = new Login(secret.reveal(), "");
            Login asPassword = new Login(
                    tokenUser(Optional.ofNullable(remote.uri().getHost()).orElse("")), secret.reveal());
            logins.add(tokenIsUserFirst ? asUser : asPassword);
            logins.add(tokenIsUserFirst ? asPassword : asUser);
        }
        return new GitCredentials(remote, source, logins);
    }

    /** The user beside whom a host takes a token for the password; most take any. */
    private static String tokenUser(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.contains("github")) {
            return "x-access-token";
        }
        return name.contains("bitbucket") ? "x-token-auth" : "oauth2";
    }

    /** Where the secret came from, as a user would name it. */
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
