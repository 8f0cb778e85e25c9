package io.github.olympe.maven.image.source;

import io.github.olympe.maven.text.InvalidParameter;

/** The modes that the files of a project get in an image: the parameter {@code modes} of an image's section. */
public enum FileModes {
    /**
     * The same modes as in git and npm, whatever the umask was: 0644 for a file, 0755 for a folder and for a file that its owner may
     * execute.
     */
    CANONICAL,
    /** The modes on the disk, without the bits for set-user-id and set-group-id. */
    KEPT;

    private static final int KEPT_BITS = 01777;
    private static final int OWNER_MAY_EXECUTE = 0100;

    /**
     * Returns the value with this name, in lower case.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws io.github.olympe.maven.OlympeException if there is no such name
     */
    public static FileModes of(String parameter, String text) {
        return switch (text.strip()) {
            case "canonical" -> CANONICAL;
            case "kept" -> KEPT;
            default ->
                throw InvalidParameter.of(
                        parameter,
                        text,
                        "Use 'canonical' (0644 for files, 0755 for programs and folders) or 'kept' (as they are on the disk).");
        };
    }

    /** Returns the mode in an image of a folder with this mode on the disk. */
    public int folder(int mode) {
        return this == KEPT ? mode & KEPT_BITS : 0755;
    }

    /** Returns the mode in an image of a file with this mode on the disk. */
    public int file(int mode) {
        if (this == KEPT) {
            return mode & KEPT_BITS;
        }
        return (mode & OWNER_MAY_EXECUTE) == 0 ? 0644 : 0755;
    }
}
