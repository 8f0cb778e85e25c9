package io.github.olympe.maven.image.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or symbolic link of a source tree, as it was when the tree was read. There are as many of these in memory as the tree has
 * files, so it is a plain class with few fields.
 */
public final class SourceEntry {

    /** What an entry is. */
    public enum Type {
        FOLDER,
        FILE,
        LINK
    }

    private static final byte[] UNKNOWN = {};

    public final String path;
    public final Path file;
    public final Type type;
    public final int mode;
    public final long size;
    final long modified;
    final long changed;
    public final long inode;
    public final boolean hardLinked;
    public final @Nullable String linkTarget;

    /** The SHA-256 of a file's content; empty until it is known. */
    byte[] hash = UNKNOWN;

    /**
     * An entry.
     *
     * @param path where it is below the tree's root, separated by {@code /}
     * @param mode the permission bits
     * @param modified when its content last changed, in nanoseconds since 1970
     * @param changed when the file system last changed anything about it, in nanoseconds since 1970; nobody can set this time
     * @param inode which file it is; with {@code hardLinked}, another entry may be the same
     */
    public SourceEntry(
            String path,
            Path file,
            Type type,
            int mode,
            long size,
            long modified,
            long changed,
            long inode,
            boolean hardLinked,
            @Nullable String linkTarget) {
        this.path = path;
        this.file = file;
        this.type = type;
        this.mode = mode;
        this.size = size;
        this.modified = modified;
        this.changed = changed;
        this.inode = inode;
        this.hardLinked = hardLinked;
        this.linkTarget = linkTarget;
    }

    public byte[] contentHash() {
        if (hash == UNKNOWN) {
            throw new IllegalStateException("the content of '" + file + "' has not been read yet");
        }
        return hash;
    }

    @Override
    public String toString() {
        return path;
    }
}
