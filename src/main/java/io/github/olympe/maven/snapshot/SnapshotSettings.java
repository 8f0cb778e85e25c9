package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a snapshot, without credentials.
 *
 * @param projectDirectory the project's folder, absolute
 * @param stagingDirectory the folder {@code target/olympe/snapshot}, absolute
 * @param configuration the file or folder of the snapshot configuration, absent for the default files
 * @param orchestratorHost the host of the orchestrator, absent if no snapshot is taken
 * @param orchestratorPort the orchestrator's port
 * @param orchestratorServerId the server of {@code settings.xml} with the user and password of the Draw environment
 * @param gitServerId the server of {@code settings.xml} with the credential for the git server
 * @param allowInsecureGit whether a token may be sent to a git server without encryption
 * @param git how commits are made and pushed; {@code gitServerId} names its credential
 * @param timeout how long the toolkit may take for one entry
 * @param allowEmpty whether a snapshot without a patch may replace one that has some
 * @param summary describes what a snapshot changes, for the commit message and a dry run
 * @param dryRun whether to show what would change, and change nothing
 */
public record SnapshotSettings(
        Path projectDirectory,
        Path stagingDirectory,
        Optional<String> configuration,
        Optional<String> orchestratorHost,
        int orchestratorPort,
        Optional<String> orchestratorServerId,
        Optional<String> gitServerId,
        boolean allowInsecureGit,
        GitSettings git,
        Duration timeout,
        boolean allowEmpty,
        SnapshotSummary summary,
        boolean dryRun) {}
