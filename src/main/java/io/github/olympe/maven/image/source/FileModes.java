package io.github.olympe.maven.image.source;

import io.github.olympe.maven.text.InvalidParameter;

/** Which modes the files of a project have in an image: the parameter {@code modes} of an image's section. */
public enum FileModes {
    /** As in git and npm, whatever the umask was: 0644 for a file, 0755 for one that its owner may execute and for a folder. */
    CANONICAL,
    /** Those of the files, without the bits for set-user-id and set-group-id. */
    KEPT;

    private static final int KEPT_BITS = 01777;
    private static final int OWNER_MAY_EXECUTE = 0100;

    /**
     * Returns the one with this name, in lower case.
     *
     * @param parameter the parameter that it is the value of, for the error message
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

    /** The mode of a folder in an image that has this mode on the disk. */
    public int folder(int mode) {
        return this == KEPT ? mode & KEPT_BITS : 0755;
    }

    /** The mode of a file in an image that has this mode on the disk. */
    public int file(int mode) {
        if (this == KEPT) {
            return mode & KEPT_BITS;
        }
        return (mode & OWNER_MAY_EXECUTE) == 0 ? 0644 : 0755;
    }
}
