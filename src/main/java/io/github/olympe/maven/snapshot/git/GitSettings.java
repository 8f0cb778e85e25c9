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
 * @param credential what opens the git server, if its address has no token
 * @param proxies the proxies that HTTP goes through
 * @param environment the environment variables: {@code SSH_AUTH_SOCK} for the agent, {@code GIT_AUTHOR_NAME} and the like
 * @param home the user's home, whose {@code .ssh} has keys, configuration and known hosts
 * @param knownHosts a file of known hosts to use in the place of {@code ~/.ssh/known_hosts}
 * @param timeout how long the server may be silent
 * @param author who made the snapshot, else git's configuration says it
 * @param committer who made the commit, else git's configuration says it
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

    /** The same with another credential. */
    public GitSettings withCredential(Optional<Credential> other) {
        return new GitSettings(other, proxies, environment, home, knownHosts, timeout, author, committer, zone);
    }
}
