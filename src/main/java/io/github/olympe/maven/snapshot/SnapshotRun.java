package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.config.SnapshotConfig;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.snapshot.summary.StagedPatches;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Saves code as data from Draw into git: lets the toolkit write a snapshot of every entry into a staging folder, checks them all, and only
 * then updates the project's folders and the branches.
 *
 * @param settings the settings
 * @param orchestrator the Draw environment
 * @param git how commits are made and pushed
 * @param summary describes what changes
 */
record SnapshotRun(SnapshotSettings settings, Orchestrator orchestrator, GitSettings git, SnapshotSummary summary) {

    /**
     * Runs it.
     *
     * @param mask hides secrets in a git server's answers
     * @throws OlympeException if anything fails. Nothing changes until every entry is complete and checked. Then each entry is saved on its
     *     own, and a failed one does not stop the others
     */
    void execute(SnapshotConfig config, Toolkit toolkit, SnapshotLog log, SecretMask mask) {
        try (Staging staging = Staging.open(settings.stagingDirectory())) {
            recover(settings.projectDirectory());
            List<StagedSnapshot> snapshots = new ArrayList<>();
            for (SnapshotEntry entry : config.entries()) {
                Path folder = staging.snapshot(entry, orchestrator, toolkit, settings.timeout(), log);
                StagedSnapshot snapshot = StagedSnapshot.check(entry, folder);
                if (entry.git().isEmpty()) {
                    int before = new ProjectFolder(settings.projectDirectory(), entry.outputDirectory())
                            .size(entry.rootTags());
                    snapshot.refuseIfEmpty(before, "the project's folder", settings.allowEmpty());
                }
                log.checked(entry.name(), snapshot.size());
                snapshots.add(snapshot);
            }
            List<OlympeException> failures = new ArrayList<>();
            for (StagedSnapshot snapshot : snapshots) {
                try {
                    save(snapshot, log, mask);
                } catch (OlympeException e) {
                    log.kept(snapshot.entry().name(), snapshot.folder());
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
                                        snapshot,
                                        target,
                                        git,
                                        settings.projectDirectory(),
                                        mask,
                                        summary,
                                        log,
                                        Clock.systemUTC(),
                                        SnapshotCommit::pause)
                                .run(
                                        settings.stagingDirectory().resolve(".repository"),
                                        settings.allowEmpty(),
                                        settings.dryRun()),
                        () -> replace(snapshot, log));
        if (!settings.dryRun()) {
            discard(snapshot);
        }
    }

    private void replace(StagedSnapshot snapshot, SnapshotLog log) {
        String name = snapshot.entry().name();
        OutputDirectory output = snapshot.entry().outputDirectory();
        ProjectFolder folder = new ProjectFolder(settings.projectDirectory(), output);
        Changes changes = settings.dryRun() ? folder.compare(snapshot) : folder.replace(snapshot);
        if (changes.isEmpty()) {
            log.unchanged(name, "'" + output.written() + "'");
        } else if (settings.dryRun()) {
            log.wouldChange(
                    name, "'" + output.written() + "'", changes, summary(snapshot, output, log), snapshot.folder());
        } else {
            log.replaced(name, output.in(settings.projectDirectory()), changes);
        }
    }

    private List<String> summary(StagedSnapshot snapshot, OutputDirectory output, SnapshotLog log) {
        try {
            return summary.of(
                    StagedPatches.in(
                            output.in(settings.projectDirectory()),
                            snapshot.rootTags().keySet()),
                    StagedPatches.of(snapshot.rootTags()));
        } catch (OlympeException | IOException e) {
            log.notSummarized(snapshot.entry().name(), Reason.of(e));
            return List.of();
        }
    }

    /** Does what {@link SnapshotPlan#putBackInterrupted} does. */
    static boolean putBackInterrupted(Path projectDirectory, Path stagingDirectory) {
        if (!InterruptedReplacement.isThere(projectDirectory)) {
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
        if (!InterruptedReplacement.isThere(project)) {
            return;
        }
        try {
            for (InterruptedReplacement interrupted : InterruptedReplacement.in(project)) {
                interrupted.putBack();
            }
        } catch (IOException e) {
            throw new OlympeException(
                    String.format(
                            "The patches that an interrupted snapshot left in '%s' cannot be put back (%s). Check the permissions of that folder and"
                                    + " of those in it.",
                            project.resolve(InterruptedReplacement.WORK), Reason.of(e)),
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
