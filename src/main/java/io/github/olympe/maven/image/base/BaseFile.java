package io.github.olympe.maven.image.base;

/**
 * A file, folder or link in a base image.
 *
 * @param path its path, without a slash at either end
 * @param type the type flag of its tar header: {@code '0'} for a file, {@code '1'} a hard link, {@code '2'} a symbolic link, {@code '5'} a
 *     folder; others are devices and the like
 * @param mode the permission bits
 * @param uid the owner's number
 * @param gid the group's number
 * @param size the size of a file
 * @param linkTarget the target of a link; empty for others
 */
public record BaseFile(String path, char type, int mode, long uid, long gid, long size, String linkTarget) {

    public boolean isFolder() {
        return type == '5';
    }

    public boolean isSymbolicLink() {
        return type == '2';
    }

    public boolean isHardLink() {
        return type == '1';
    }

    public boolean isFile() {
        return type == '0' || type == '7' || type == 0;
    }
}
