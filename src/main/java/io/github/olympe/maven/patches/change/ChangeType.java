package io.github.olympe.maven.patches.change;

import java.util.Locale;

/** What happened to a brick, or to a part of one. */
public enum ChangeType {
    ADDED,
    DELETED,
    MOVED,
    RENAMED,
    CHANGED;

    /** Returns the word for it, as in {@code diff.json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
