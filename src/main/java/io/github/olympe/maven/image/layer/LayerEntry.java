package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.source.SourceEntry.Type;
import org.jspecify.annotations.Nullable;

/**
 * The header of one path in a layer's tar.
 *
 * @param path its path in the image, without a slash at either end
 * @param type its type
 * @param mode the permission bits
 * @param uid the owner's number
 * @param gid the group's number
 * @param size the size of a file in bytes, 0 for others
 * @param hash the SHA-256 of a file's content; empty for others
 * @param linkTarget the target of a symbolic link, as written in it; for a file, the path in this layer that it is a hard link to
 * @param content the content of a file, {@code null} for others
 */
public record LayerEntry(
        String path,
        Type type,
        int mode,
        long uid,
        long gid,
        long size,
        byte[] hash,
        @Nullable String linkTarget,
        @Nullable Content content) {

    private static final byte[] NO_HASH = {};

    public static LayerEntry folder(String path, int mode, long uid, long gid) {
        return new LayerEntry(path, Type.FOLDER, mode, uid, gid, 0, NO_HASH, null, null);
    }

    public static LayerEntry link(String path, int mode, long uid, long gid, String target) {
        return new LayerEntry(path, Type.LINK, mode, uid, gid, 0, NO_HASH, target, null);
    }

    public static LayerEntry hardLink(String path, int mode, long uid, long gid, byte[] hash, String target) {
        return new LayerEntry(path, Type.FILE, mode, uid, gid, 0, hash, target, null);
    }

    public static LayerEntry file(String path, int mode, long uid, long gid, long size, byte[] hash, Content content) {
        return new LayerEntry(path, Type.FILE, mode, uid, gid, size, hash, null, content);
    }
}
