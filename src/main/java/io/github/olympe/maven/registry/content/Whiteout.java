package io.github.olympe.maven.registry.content;

/**
 * The names of a layer's entries by which it deletes what lies below it (OCI image specification, "Representing Changes"). Paths are as
 * {@link LayerEntries#clean} gives them.
 */
public final class Whiteout {

    private static final String PREFIX = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private Whiteout() {}

    /** Whether an entry of this path deletes something. */
    public static boolean is(String path) {
        return path.startsWith(PREFIX, name(path));
    }

    /** Whether an entry of this path deletes the content of the folder that it is in. */
    public static boolean isOpaque(String path) {
        return path.substring(name(path)).equals(OPAQUE);
    }

    /** Returns the path that an entry deletes; for an opaque one, the folder whose content it deletes, empty for the root. */
    public static String deleted(String path) {
        int name = name(path);
        return isOpaque(path)
                ? path.substring(0, Math.max(0, name - 1))
                : path.substring(0, name) + path.substring(name + PREFIX.length());
    }

    /** Returns the path of the entry that deletes this path. */
    public static String of(String path) {
        int name = name(path);
        return path.substring(0, name) + PREFIX + path.substring(name);
    }

    private static int name(String path) {
        return path.lastIndexOf('/') + 1;
    }
}
