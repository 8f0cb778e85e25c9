package io.github.olympe.maven.snapshot;

import java.nio.file.Path;
import java.util.List;

/** The events of a snapshot while it runs. */
public interface SnapshotLog {

    /** The toolkit starts to snapshot the entry of this name. */
    void snapshooting(String name, String orchestrator);

    /** A line of the toolkit's output. */
    void toolkit(String line);

    /** The toolkit failed; these are its last lines, which {@link #toolkit} has already received. */
    void toolkitFailed(List<String> lastLines);

    /** The snapshot is complete and checked. */
    void checked(String name, int patches);

    /** A branch is fetched. */
    void fetching(String remote, String branch);

    /** Nothing differs from {@code where}, so nothing was done. */
    void unchanged(String name, String where);

    /** The project's folder was brought up to date. */
    void replaced(String name, Path folder, Changes changes);

    /** The snapshot was committed and pushed. */
    void pushed(String name, String remote, String branch, String commit, Changes changes);

    /** Someone else pushed to the branch in between; the snapshot is put on the new tip. */
    void overtaken(String name, String branch, int attempt, int attempts);

    /** The snapshot could not be saved, and is kept in a folder. */
    void kept(String name, Path folder);

    /**
     * A dry run found these changes.
     *
     * @param summary the same in words, one line each
     */
    void wouldChange(String name, String where, Changes changes, List<String> summary, Path kept);

    /** There is no summary of what changed. */
    void notSummarized(String name, String reason);
}
