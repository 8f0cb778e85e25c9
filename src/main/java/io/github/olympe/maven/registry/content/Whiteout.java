package io.github.olympe.maven.registry.content;

/**
 * The names of entries with which a layer deletes files of lower layers (OCI image specification, "Representing Changes"). Paths are in the
 * form of {@link LayerEntries#clean}.
 */
public final class Whiteout {

    private static final String PREFIX = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private Whiteout() {}

    /** Returns whether an entry of this path deletes something. */
    public static boolean is(String path) {
        return path.startsWith(PREFIX, name(path));
    }

    /** Returns whether an entry of this path deletes the content of its folder. */
    public static boolean isOpaque(String path) {
        return path.substring(name(path)).equals(OPAQUE);
    }

    /** Returns the path that an entry deletes; for an opaque one this is the folder whose content it deletes, empty for the root. */
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
