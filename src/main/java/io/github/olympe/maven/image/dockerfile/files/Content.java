package io.github.olympe.maven.image.dockerfile.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a file. */
public interface Content {

    /** Nothing. */
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

    /** How many bytes there are. */
    long size();

    /** The bytes; the caller closes the stream. */
    InputStream open() throws IOException;
}
