package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.OneLine;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Explains the failures of a git server and what to do about them.
 *
 * @param remote the repository
 * @param branch the branch that was fetched or pushed
 * @param settings the settings of the connection
 * @param mask hides secrets in a server's answers
 * @param refusedHost the SSH host that was refused because its key is unknown
 */
record GitFailures(
        GitRemote remote,
        String branch,
        GitSettings settings,
        SecretMask mask,
        Optional<KnownHosts.Refused> refusedHost) {

    private static final int LONGEST_REASON = 400;

    private static final Pattern NOT_AUTHORIZED = Pattern.compile(
            "not authorized|not permitted|authentication (is|was) required|no credentials|\\b40[13]\\b|auth fail|cannot log in|permission denied"
                    + "|no more authentication methods|access denied|authentication not supported",
            Pattern.CASE_INSENSITIVE);

    /** Returns the error if credentials or a host's key are not accepted, absent if that is not the reason. */
    Optional<OlympeException> refusal(Throwable e) {
        if (refusedHost.isPresent()) {
            return Optional.of(unknownHost(refusedHost.get()));
        }
        Optional<OlympeException> proxy = causes(e)
                .filter(GitHttp.ProxyRefusal.class::isInstance)
                .map(GitHttp.ProxyRefusal.class::cast)
                .findFirst()
                .map(this::refusedProxy);
        if (proxy.isPresent()) {
            return proxy;
        }
        return isNotAuthorized(e)
                ? Optional.of(new OlympeException(String.format(
                        "Authentication to '%s' failed with %s (%s). %s.",
                        remote, credentialSource(), reason(e), remedy())))
                : Optional.empty();
    }

    /** @param verb the failed operation, such as {@code be fetched from} */
    OlympeException unreachable(String verb, Throwable e) {
        return new OlympeException(
                String.format(
                        "The branch '%s' cannot %s the repository '%s' (%s). Check the address, and that its host can be reached from this machine.",
                        branch, verb, remote, reason(e)),
                e);
    }

    private OlympeException refusedProxy(GitHttp.ProxyRefusal refusal) {
        return new OlympeException(
                refusal.source().isPresent()
                        ? String.format(
                                "The proxy '%s' in front of '%s' does not accept the user and password of %s. Correct them in settings.xml.",
                                refusal.proxy(), remote, refusal.source().get())
                        : String.format(
                                "The proxy '%s' in front of '%s' asks for a user and a password. Set <username> and <password> of the <proxy> in"
                                        + " settings.xml.",
                                refusal.proxy(), remote));
    }

    private OlympeException unknownHost(KnownHosts.Refused host) {
        return new OlympeException(
                host.changed()
                        ? String.format(
                                "The host '%s' of the repository '%s' shows the key %s, but is known with another one. Somebody may be"
                                        + " intercepting the connection: ask the host's administrator before you correct its line in '%s'.",
                                host.name(), remote, host.key(), host.file())
                        : String.format(
                                "The host '%s' of the repository '%s' is unknown; it shows the key %s. Compare that with the key that the host's"
                                        + " administrator gives you, and add it to '%s' (ssh-keyscan prints the line), or to a file that the parameter"
                                        + " 'gitKnownHosts' (olympe.git.knownHosts) names.",
                                host.name(), remote, host.key(), host.file()));
    }

    private String credentialSource() {
        if (remote.isSsh()) {
            return settings.credential()
                    .filter(credential -> credential.privateKey().isPresent())
                    .map(credential -> "the key of " + credential.source())
                    .orElse("the keys of the SSH agent and of ~/.ssh");
        }
        GitCredentials credentials = GitCredentials.of(remote, settings.credential());
        return credentials.isEmpty() ? "no credentials" : "the credentials of " + credentials.source();
    }

    /** Returns what to do if the credentials are not enough, as a sentence without its full stop. */
    String remedy() {
        return remote.isSsh()
                ? "Add the public key to the server with permission to push; if its private key is neither in the SSH agent nor in ~/.ssh, name it by"
                        + " a server of settings.xml (parameter 'gitServerId', olympe.git.serverId)"
                : "Give a token that may read and write the repository, by a server of settings.xml (parameter 'gitServerId', olympe.git.serverId)"
                        + " or the environment variable OLYMPE_GIT_TOKEN";
    }

    boolean isNotAuthorized(Throwable e) {
        return causes(e)
                .anyMatch(cause -> NOT_AUTHORIZED.matcher(withoutAddress(cause)).find());
    }

    /** Returns the innermost reason on one line, without the address, which the sentence already contains. */
    String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null
                && last.getCause() != last
                && last.getCause().getMessage() != null) {
            last = last.getCause();
        }
        return oneLine(withoutAddress(last));
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause);
    }

    private String withoutAddress(Throwable e) {
        return String.valueOf(e.getMessage()).replace(remote + ": ", "").replace(remote.toString(), "");
    }

    /** Returns a server's words as a part of a sentence. */
    String oneLine(String text) {
        String line = mask.mask(text).replaceAll("\\p{Cntrl}+", " ").strip().replaceAll("[.:;\\s]+$", "");
        return OneLine.of(line, LONGEST_REASON);
    }
}
