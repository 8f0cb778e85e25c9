package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.snapshot.config.SnapshotConfig;
import io.github.olympe.maven.snapshot.git.GitSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A snapshot with valid configuration and credentials, or the reason why this build takes no snapshot. */
public final class SnapshotPlan implements Plan {

    private final Optional<SnapshotConfig> config;
    private final Optional<SnapshotRun> run;

    private SnapshotPlan(Optional<SnapshotConfig> config, Optional<SnapshotRun> run) {
        this.config = config;
        this.run = run;
    }

    /**
     * Plans the snapshot. The snapshot configuration, if there is one, is checked even if this build takes no snapshot.
     *
     * @throws OlympeException if a setting or the configuration is wrong
     */
    public static SnapshotPlan of(SnapshotSettings settings, Credentials credentials) {
        Optional<String> host = settings.orchestratorHost();
        boolean configured = SnapshotConfig.isThere(settings.configuration(), settings.projectDirectory());
        if (host.isEmpty() && !configured) {
            return new SnapshotPlan(Optional.empty(), Optional.empty());
        }
        SnapshotConfig config =
                SnapshotConfig.read(settings.configuration(), settings.projectDirectory(), credentials::hide);
        if (host.isEmpty()) {
            return new SnapshotPlan(Optional.of(config), Optional.empty());
        }
        Orchestrator orchestrator = Orchestrator.of(
                host.get(),
                settings.orchestratorPort(),
                credentials.orchestrator(settings.orchestratorServerId().orElse(null)));
        Optional<Credential> credential =
                config.needsGit() ? credentials.git(settings.gitServerId().orElse(null)) : Optional.empty();
        config.requireEncryption(credential, settings.allowInsecureGit());
        GitSettings git = settings.git().withCredential(credential);
        return new SnapshotPlan(
                Optional.of(config), Optional.of(new SnapshotRun(settings, orchestrator, git, settings.summary())));
    }

    /** Returns the hosts of the git servers that snapshots are pushed to. */
    public List<String> gitHosts() {
        return config.map(SnapshotConfig::gitHosts).orElse(List.of());
    }

    @Override
    public boolean isEmpty() {
        return run.isEmpty();
    }

    @Override
    public List<String> describe() {
        if (run.isEmpty()) {
            return List.of("Skipping snapshot: 'orchestratorHost' (olympe.orchestrator.host) is not set.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Snapshot from " + run.get().orchestrator() + ":");
        config.orElseThrow().describe().forEach(line -> lines.add("  " + line));
        return lines;
    }

    @Override
    public List<String> warnings() {
        return run.isPresent() ? FileNames.localeWarning().stream().toList() : List.of();
    }

    /**
     * Takes the snapshot, and saves it.
     *
     * @param mask hides secrets in a git server's answers
     * @throws OlympeException if that fails. Nothing changes until every entry is complete and checked. Then each entry is saved on its
     *     own, and a failed one does not stop the others
     */
    public void run(Toolkit toolkit, SnapshotLog log, SecretMask mask) {
        run.orElseThrow(() -> new IllegalStateException("This build takes no snapshot"))
                .execute(config.orElseThrow(), toolkit, log, mask);
    }

    /**
     * Puts back the patches of a project that a killed snapshot was replacing. Otherwise some root tags would be old and some new.
     *
     * @param projectDirectory the project's folder, absolute
     * @param stagingDirectory the folder {@code target/olympe/snapshot}, absolute
     * @return whether there was anything to put back
     * @throws OlympeException if that fails
     */
    public static boolean putBackInterrupted(Path projectDirectory, Path stagingDirectory) {
        return SnapshotRun.putBackInterrupted(projectDirectory, stagingDirectory);
    }
}
