package io.github.olympe.maven.snapshot.summary;

import java.io.IOException;
import java.io.InputStream;

/** The content of a file of a snapshot, wherever it is stored. */
public interface PatchFile {

    /** Returns the place of the content, for messages. */
    String place();

    /** Returns git's id of the content as a blob, 40 hexadecimal digits. */
    String id();

    /** Returns the size in bytes. */
    long size() throws IOException;

    /** Opens the content for reading. */
    InputStream open() throws IOException;
}
