package io.github.olympe.maven.image.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or symbolic link of a source tree, as it was when the tree was read. There is one in memory for each file of the tree, so
 * it is a plain class with few fields.
 */
public final class SourceEntry {

    /** The kind of an entry. */
    public enum Type {
        FOLDER,
        FILE,
        LINK
    }

    /** The identity of a file in its file system, and when it was written. All values are zero if the file system does not provide them. */
    public record Identity(long device, long inode, int links, long modified, long changed) {

        public static final Identity UNKNOWN = new Identity(0, 0, 1, 0, 0);
    }

    private static final byte[] UNKNOWN = {};

    public final String path;
    public final Path file;
    public final Type type;
    public final int mode;
    public final long size;
    public final @Nullable String linkTarget;
    final Identity identity;

    /** The SHA-256 of a file's content; empty until it is known. */
    byte[] hash = UNKNOWN;

    /**
     * Creates an entry.
     *
     * @param path its path below the tree's root, separated by {@code /}
     * @param mode the permission bits that it gets in an image
     * @param size the size of a file in bytes, 0 for others
     * @param linkTarget the target of a symbolic link, as written in it
     */
    public SourceEntry(
            String path, Path file, Type type, int mode, long size, Identity identity, @Nullable String linkTarget) {
        this.path = path;
        this.file = file;
        this.type = type;
        this.mode = mode;
        this.size = size;
        this.identity = identity;
        this.linkTarget = linkTarget;
    }

    public byte[] contentHash() {
        if (hash == UNKNOWN) {
            throw new IllegalStateException("the content of '" + file + "' has not been read yet");
        }
        return hash;
    }

    /** Returns a key that hard links to the same file share, {@code null} if there are none. */
    public @Nullable Object hardLinkKey() {
        record Key(long device, long inode) {}

        return type == Type.FILE && identity.links() > 1 ? new Key(identity.device(), identity.inode()) : null;
    }

    @Override
    public String toString() {
        return path;
    }
}
