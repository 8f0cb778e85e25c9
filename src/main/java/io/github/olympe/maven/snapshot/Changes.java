package io.github.olympe.maven.snapshot;

import java.util.List;

/**
 * What a snapshot changes in its repository, as paths from the repository's root, sorted.
 *
 * @param added new files
 * @param changed files whose content changed
 * @param deleted files that no longer exist
 */
public record Changes(List<String> added, List<String> changed, List<String> deleted) {

    public Changes {
        added = added.stream().sorted().toList();
        changed = changed.stream().sorted().toList();
        deleted = deleted.stream().sorted().toList();
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }

    /** Returns {@code 1 added, 10 changed, 2 deleted}. */
    @Override
    public String toString() {
        return String.format("%d added, %d changed, %d deleted", added.size(), changed.size(), deleted.size());
    }
}
