package io.github.olympe.maven.patches.change;

/** How much a change matters to whoever uses the brick, the most first. */
public enum Importance {
    /** Something is gone that others use. */
    BREAKING,
    /** What the brick takes, gives or is called is different. */
    INTERFACE,
    /** Something is new. */
    NEW,
    /** What the brick does is different. */
    CONTENT,
    /** Texts for people. */
    DOCUMENTATION,
    /** Where things are drawn, and what Draw counts. */
    LAYOUT
}
