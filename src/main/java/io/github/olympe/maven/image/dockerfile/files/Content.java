package io.github.olympe.maven.image.dockerfile.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a file. */
public interface Content {

    /** An empty content. */
    Content EMPTY = new Content() {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    /** Returns its size in bytes. */
    long size();

    /** Opens the bytes; the caller closes the stream. */
    InputStream open() throws IOException;
}
