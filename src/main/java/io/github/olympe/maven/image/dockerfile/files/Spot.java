package io.github.olympe.maven.image.dockerfile.files;

import org.jspecify.annotations.Nullable;

/**
 * The place that a path leads to. It may be empty.
 *
 * @param path the real path after following links, {@code /a/b}; {@code /} is the root
 * @param parent the parent folder; {@code null} for the root, and if there is no such folder
 * @param node what is there; {@code null} if it is empty
 * @param blocker a file on the way where a folder should be; {@code null} if there is none
 */
public record Spot(
        String path,
        @Nullable Node parent,
        @Nullable Node node,
        @Nullable String blocker) {

    /** Returns the last part of the path. */
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
     * @throws FilesException if nothing exists there
     */
    public Node require() throws FilesException {
        if (node == null) {
            throw new FilesException("there is no '" + path + "' in the image");
        }
        return node;
    }

    /**
     * Returns the folder there.
     *
     * @throws FilesException if there is no folder
     */
    public Node requireFolder() throws FilesException {
        Node found = require();
        if (!found.isFolder()) {
            throw new FilesException("'" + path + "' is not a folder in the image");
        }
        return found;
    }

    /**
     * Returns the parent folder.
     *
     * @throws FilesException if it is missing
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
