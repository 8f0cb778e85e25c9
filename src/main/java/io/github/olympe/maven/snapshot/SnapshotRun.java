package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Saves code as data from Draw into git: has the toolkit snapshot every entry of the configuration into a staging folder, checks them all,
 * and only then brings the project's folders and the branches up to date.
 *
 * @param projectDirectory the project's folder, absolute
 * @param stagingDirectory the folder {@code target/olympe/snapshot}, absolute
 * @param orchestrator where to snapshot from
 * @param timeout how long the toolkit may take for one entry
 * @param allowEmpty whether a snapshot without a patch may replace one that has some
 * @param dryRun whether to show what would change, and change nothing
 * @param git how commits are made and pushed
 */
public record SnapshotRun(
        Path projectDirectory,
        Path stagingDirectory,
        Orchestrator orchestrator,
        Duration timeout,
        boolean allowEmpty,
        boolean dryRun,
        GitSettings git) {

    /**
     * Runs it.
     *
     * @param mask hides secrets in what a git server answers
     * @throws OlympeException if anything fails. Until every entry is snapshot and checked, nothing at all has changed; after that, each
     *     entry is saved on its own, and one that fails does not keep the others from it
     */
    public void execute(SnapshotConfig config, Toolkit toolkit, SnapshotLog log, SecretMask mask) {
        try (Staging staging = Staging.open(stagingDirectory)) {
            recover(config);
            List<StagedSnapshot> snapshots = new ArrayList<>();
            for (SnapshotEntry entry : config.entries()) {
                Path folder = staging.snapshot(entry, orchestrator, toolkit, timeout, log);
                StagedSnapshot snapshot = StagedSnapshot.check(entry, folder);
                if (entry.git().isEmpty()) {
                    int before = new ProjectFolder(projectDirectory, entry.outputDirectory()).size(entry.rootTags());
                    snapshot.refuseIfEmpty(before, "the project's folder", allowEmpty);
                }
                log.checked(entry.name(), snapshot.size());
                snapshots.add(snapshot);
            }
            List<OlympeException> failures = new ArrayList<>();
            for (StagedSnapshot snapshot : snapshots) {
                try {
                    save(snapshot, log, mask);
                } catch (OlympeException e) {
                    failures.add(e);
                }
            }
            raise(failures);
        }
    }

    private void save(StagedSnapshot snapshot, SnapshotLog log, SecretMask mask) {
        snapshot.entry()
                .git()
                .ifPresentOrElse(
                        target -> new SnapshotCommit(
                                        snapshot, target, git, projectDirectory, mask, log, Clock.systemUTC())
                                .run(stagingDirectory.resolve(".repository"), allowEmpty, dryRun),
                        () -> replace(snapshot, log));
        if (!dryRun) {
            discard(snapshot);
        }
    }

    private void replace(StagedSnapshot snapshot, SnapshotLog log) {
        String name = snapshot.entry().name();
        OutputDirectory output = snapshot.entry().outputDirectory();
        ProjectFolder folder = new ProjectFolder(projectDirectory, output);
        Changes changes = dryRun ? folder.compare(snapshot) : folder.replace(snapshot);
        if (changes.isEmpty()) {
            log.unchanged(name, "'" + output.written() + "'");
        } else if (dryRun) {
            log.wouldChange(name, "'" + output.written() + "'", changes, snapshot.folder());
        } else {
            log.replaced(name, output.in(projectDirectory), changes);
        }
    }

    private void recover(SnapshotConfig config) {
        for (SnapshotEntry entry : config.entries()) {
            if (entry.git().isEmpty()) {
                try {
                    new ProjectFolder(projectDirectory, entry.outputDirectory()).recover();
                } catch (IOException e) {
                    throw new OlympeException(
                            String.format(
                                    "What an interrupted snapshot left in '%s' cannot be put back to '%s' (%s); check the rights of both.",
                                    projectDirectory.resolve(ProjectFolder.WORK),
                                    entry.outputDirectory().in(projectDirectory),
                                    e),
                            e);
                }
            }
        }
    }

    private static void discard(StagedSnapshot snapshot) {
        try {
            FileTree.delete(snapshot.folder());
        } catch (IOException e) {
            // The next run empties it.
        }
    }

    private static void raise(List<OlympeException> failures) {
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (failures.size() > 1) {
            OlympeException all = OlympeException.of(
                    failures.stream().map(OlympeException::getMessage).toList());
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }
}
