package io.github.olympe.maven.snapshot.summary;

import io.github.olympe.maven.OlympeException;
import java.util.List;
import java.util.SortedMap;

/** Describes in words what a snapshot changes. The caller provides it, because it needs knowledge of the code as data. */
@FunctionalInterface
public interface SnapshotSummary {

    /** Returns a summary that says nothing. */
    static SnapshotSummary none() {
        return (before, after) -> List.of();
    }

    /**
     * Compares two states of a snapshot's root tags.
     *
     * @param before the files that the snapshot replaces, by their path in the snapshot's folder
     * @param after the files of the snapshot
     * @return the lines of the summary, empty if there is nothing to say
     * @throws OlympeException if a file cannot be read
     */
    List<String> of(SortedMap<String, PatchFile> before, SortedMap<String, PatchFile> after);
}
