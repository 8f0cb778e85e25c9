package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.git.GitSettings;
import java.io.IOException;
import java.nio.file.Files;
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
            recover(projectDirectory);
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

    /**
     * Puts back the patches of a project that a snapshot was replacing when it was killed: some root tags would be the old ones and some the
     * new.
     *
     * @param projectDirectory the project's folder, absolute
     * @param stagingDirectory the folder {@code target/olympe/snapshot}, absolute
     * @return whether there was anything to put back
     * @throws OlympeException if it cannot be done
     */
    public static boolean putBackInterrupted(Path projectDirectory, Path stagingDirectory) {
        if (!Files.isDirectory(projectDirectory.resolve(ProjectFolder.WORK))) {
            return false;
        }
        Staging staging = Staging.open(stagingDirectory);
        try {
            recover(projectDirectory);
            return true;
        } finally {
            staging.close();
        }
    }

    private static void recover(Path project) {
        try {
            for (ProjectFolder folder : ProjectFolder.interrupted(project)) {
                folder.recover();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new OlympeException(
                    String.format(
                            "What an interrupted snapshot left in '%s' cannot be put back (%s); check the rights of the folder and of those that"
                                    + " it has in it.",
                            project.resolve(ProjectFolder.WORK), e),
                    e);
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
