package io.github.olympe.maven.patches.tree;

import java.io.IOException;
import java.io.InputStream;

/** The content of one file of a {@link ContentTree}. */
public interface Content {

    /** Returns where the content is, for messages: a file's path, or {@code HEAD:path}. */
    String place();

    /** Returns the size in bytes. */
    long size() throws IOException;

    /** Returns git's id of the content as a blob, 40 hexadecimal digits. Two contents are equal exactly when their ids are. */
    String id() throws IOException;

    /** Opens the content for reading. */
    InputStream open() throws IOException;
}
