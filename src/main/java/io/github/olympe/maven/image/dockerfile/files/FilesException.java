package io.github.olympe.maven.image.dockerfile.files;

/** Something cannot be done with the files of an image, as the programs in a container would say it too. */
public final class FilesException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param reason a part of a sentence
     */
    public FilesException(String reason) {
        super(reason);
    }

    /** The reason, a part of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
