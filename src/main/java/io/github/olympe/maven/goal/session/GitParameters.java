package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.snapshot.git.CommitIdentity;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Seconds;
import java.io.File;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a snapshot's commits, each as the user wrote it. */
public record GitParameters(
        @Nullable File gitKnownHosts,
        long gitTimeout,
        @Nullable String snapshotAuthor,
        @Nullable String snapshotCommitter,
        @Nullable String snapshotZone) {

    /**
     * Returns the settings that they mean.
     *
     * @throws OlympeException if one of them cannot be used
     */
    public GitSettings settings(HttpProxies proxies, Map<String, String> environment) {
        return new GitSettings(
                Optional.empty(),
                proxies,
                environment,
                Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))),
                Optional.ofNullable(gitKnownHosts).map(File::toPath),
                Seconds.of("gitTimeout", "olympe.git.timeout", gitTimeout),
                Optional.ofNullable(snapshotAuthor)
                        .map(author -> CommitIdentity.of("snapshotAuthor (olympe.snapshot.author)", author)),
                Optional.ofNullable(snapshotCommitter)
                        .map(committer ->
                                CommitIdentity.of("snapshotCommitter (olympe.snapshot.committer)", committer)),
                zone());
    }

    private ZoneId zone() {
        try {
            return snapshotZone == null ? ZoneId.systemDefault() : ZoneId.of(snapshotZone);
        } catch (DateTimeException e) {
            throw InvalidParameter.of(
                    "snapshotZone (olympe.snapshot.zone)",
                    String.valueOf(snapshotZone),
                    "It is not a time zone. Give one such as 'Europe/Zurich' or 'UTC'.");
        }
    }
}
