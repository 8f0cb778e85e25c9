package io.github.olympe.maven.patches.change;

/**
 * A part of a brick as shown to users.
 *
 * @param kind what Draw calls such a part, such as {@code input}; empty for the brick itself
 * @param name its name; empty if it has none
 * @param tag its tag
 */
public record Part(String kind, String name, String tag) {

    /** Returns the brick itself. */
    static Part whole(String brick) {
        return new Part("", "", brick);
    }

    boolean isWhole() {
        return kind.isEmpty();
    }

    /** Returns kind and name, such as {@code input 'rate'}. */
    public String shown() {
        return name.isEmpty() ? kind : kind + " " + Value.quoted(name);
    }
}
