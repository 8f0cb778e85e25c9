package io.github.olympe.maven.snapshot;

import java.nio.file.Path;

/** What a snapshot tells of itself while it runs. */
public interface SnapshotLog {

    /** The toolkit starts to snapshot the entry of this name. */
    void snapshooting(String name, String orchestrator);

    /** A line of the toolkit's output. */
    void toolkit(String line);

    /** The snapshot is complete and was checked. */
    void checked(String name, int patches);

    /** A branch is fetched. */
    void fetching(String remote, String branch);

    /** Nothing differs from what is in {@code where}, so nothing was done. */
    void unchanged(String name, String where);

    /** The project's folder was brought up to date. */
    void replaced(String name, Path folder, Changes changes);

    /** The snapshot was committed and pushed. */
    void pushed(String name, String remote, String branch, String commit, Changes changes);

    /** Someone else pushed to the branch in between; the snapshot is put on the new tip. */
    void overtaken(String name, String branch, int attempt, int attempts);

    /** What would have changed, where only that was asked for. */
    void wouldChange(String name, String where, Changes changes, Path kept);
}
