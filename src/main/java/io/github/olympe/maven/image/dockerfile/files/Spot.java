package io.github.olympe.maven.image.dockerfile.files;

import org.jspecify.annotations.Nullable;

/**
 * The place that a path leads to.
 *
 * @param path the real path, links followed, {@code /a/b}; {@code /} is the root
 * @param parent the folder that it is in, {@code null} for the root and where that folder is missing or is not a folder
 * @param node what is there, {@code null} if nothing is
 * @param blocker what on the way is a file instead of a folder, {@code null} if nothing is
 */
public record Spot(
        String path,
        @Nullable Node parent,
        @Nullable Node node,
        @Nullable String blocker) {

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns whether anything exists there. */
    public boolean exists() {
        return node != null;
    }

    /** Returns whether a folder exists there. */
    public boolean isFolder() {
        return node != null && node.isFolder();
    }

    /**
     * Returns what exists there.
     *
     * @throws FilesException if nothing is
     */
    public Node require() throws FilesException {
        if (node == null) {
            throw new FilesException("there is no '" + path + "' in the image");
        }
        return node;
    }

    /**
     * The folder that is there.
     *
     * @throws FilesException if nothing is, or something else
     */
    public Node requireFolder() throws FilesException {
        Node found = require();
        if (!found.isFolder()) {
            throw new FilesException("'" + path + "' is not a folder in the image");
        }
        return found;
    }

    /**
     * The folder that it is in.
     *
     * @throws FilesException if that folder is missing
     */
    public Node requireParent() throws FilesException {
        if (blocker != null) {
            throw new FilesException("'" + blocker + "' is not a folder in the image");
        }
        if (parent == null) {
            throw new FilesException(
                    path.equals("/")
                            ? "it is the root of the image"
                            : "the folder of '" + path + "' is not in the image");
        }
        return parent;
    }
}
