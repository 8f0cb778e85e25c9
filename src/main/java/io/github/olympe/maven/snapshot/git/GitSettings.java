package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * How commits are made and pushed.
 *
 * @param credential the credential for the git server, if its address has no token
 * @param proxies the proxies for HTTP
 * @param environment the environment variables: {@code SSH_AUTH_SOCK} for the agent, {@code GIT_AUTHOR_NAME} and the like
 * @param home the user's home, whose {@code .ssh} holds keys, configuration and known hosts
 * @param knownHosts a file of known hosts to use instead of {@code ~/.ssh/known_hosts}
 * @param timeout how long the server may be silent
 * @param author the author of the commit, by default from git's configuration
 * @param committer the committer, by default from git's configuration
 * @param zone the zone of {@code {date}} and of the commit's own date
 */
public record GitSettings(
        Optional<Credential> credential,
        HttpProxies proxies,
        Map<String, String> environment,
        Path home,
        Optional<Path> knownHosts,
        Duration timeout,
        Optional<CommitIdentity> author,
        Optional<CommitIdentity> committer,
        ZoneId zone) {

    public GitSettings {
        environment = Map.copyOf(environment);
    }

    /** Returns the same settings with another credential. */
    public GitSettings withCredential(Optional<Credential> other) {
        return new GitSettings(other, proxies, environment, home, knownHosts, timeout, author, committer, zone);
    }
}
