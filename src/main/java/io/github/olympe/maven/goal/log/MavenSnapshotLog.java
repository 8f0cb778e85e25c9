package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.snapshot.Changes;
import io.github.olympe.maven.snapshot.SnapshotLog;
import io.github.olympe.maven.text.Counted;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.logging.Log;

/** Writes the events of a snapshot to Maven's log. */
public record MavenSnapshotLog(Log log) implements SnapshotLog {

    @Override
    public void snapshooting(String name, String orchestrator) {
        log.info("Taking the snapshot '" + name + "' from " + orchestrator);
    }

    @Override
    public void toolkit(String line) {
        log.info(line);
    }

    @Override
    public void toolkitFailed(List<String> lastLines) {
        if (!log.isInfoEnabled()) { // Otherwise they have already been shown.
            lastLines.forEach(log::error);
        }
    }

    @Override
    public void checked(String name, int patches) {
        log.info("The snapshot '" + name + "' is complete: " + Counted.of(patches, "patch", "patches") + ".");
    }

    @Override
    public void fetching(String remote, String branch) {
        log.info("Fetching the branch '" + branch + "' of " + remote);
    }

    @Override
    public void unchanged(String name, String where) {
        log.info("Nothing has changed since the last snapshot '" + name + "' in " + where + ".");
    }

    @Override
    public void replaced(String name, Path folder, Changes changes) {
        log.info("Saved the snapshot '" + name + "' in " + folder + ": " + changes + ".");
    }

    @Override
    public void pushed(String name, String remote, String branch, String commit, Changes changes) {
        log.info("Pushed the snapshot '" + name + "' to the branch '" + branch + "' of " + remote + " as commit "
                + commit.substring(0, 8) + ": " + changes + ".");
    }

    @Override
    public void overtaken(String name, String branch, int attempt, int attempts) {
        log.info("Someone else has pushed to the branch '" + branch + "': putting the snapshot '" + name
                + "' on top of that (attempt " + attempt + " of " + attempts + ")");
    }

    @Override
    public void kept(String name, Path folder) {
        log.warn("The snapshot '" + name + "' was not saved; it is kept in '" + folder + "'.");
    }

    @Override
    public void wouldChange(String name, String where, Changes changes, List<String> summary, Path kept) {
        log.info("Dry run: the snapshot '" + name + "' would change " + where + ": " + changes + "; it is kept in "
                + kept);
        changes.added().forEach(path -> log.info("  add    " + path));
        changes.changed().forEach(path -> log.info("  change " + path));
        changes.deleted().forEach(path -> log.info("  delete " + path));
        summary.forEach(log::info);
    }

    @Override
    public void notSummarized(String name, String reason) {
        log.warn("There is no summary of what changed in the snapshot '" + name + "': " + reason);
    }
}
