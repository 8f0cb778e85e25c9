package io.github.olympe.maven.patches.change;

/** How much a change matters to users of the brick, most important first. */
public enum Importance {
    /** Something that others use is gone. */
    BREAKING,
    /** The brick's inputs, outputs or name are different. */
    INTERFACE,
    /** Something is new. */
    NEW,
    /** What the brick does is different. */
    CONTENT,
    /** Texts for people. */
    DOCUMENTATION,
    /** The positions of things, and Draw's counters. */
    LAYOUT
}
