package io.github.olympe.maven.patches.tree;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.InputStream;

/** The content of one file of a {@link ContentTree}. */
public interface Content {

    /** Returns where the content is, for messages: a file's path, or {@code HEAD:path}. */
    String place();

    /**
     * Returns the size in bytes.
     *
     * @throws OlympeException if the content cannot be read
     */
    long size();

    /**
     * Returns git's id of the content as a blob, 40 hexadecimal digits. Two contents are equal exactly when their ids are.
     *
     * @throws OlympeException if the content cannot be read
     */
    String id();

    /** Returns the mode and owner in an image in words, empty if unknown. */
    default String attributes() {
        return "";
    }

    /** Opens the content for reading. */
    InputStream open() throws IOException;

    /** Returns the failure to read this content. */
    default OlympeException unreadable(IOException cause) {
        return new OlympeException(
                "'" + place() + "' cannot be read (" + cause + "). Check that it exists and is readable.", cause);
    }
}
