package io.github.olympe.maven.image.dockerfile.files;

/** An operation on the files of an image that would also fail in a container. */
public final class FilesException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param reason the reason, as a part of a sentence
     */
    public FilesException(String reason) {
        super(reason);
    }

    /** Returns the reason, as a part of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
