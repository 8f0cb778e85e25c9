package io.github.olympe.maven.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of a file. Its {@code toString()} is its name in error messages. */
public interface Content {

    /** Opens the bytes; the caller closes the stream. */
    InputStream open() throws IOException;

    /** The content of a file on the disk. */
    static Content of(Path file) {
        record OnDisk(Path file) implements Content {

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public String toString() {
                return file.toString();
            }
        }

        return new OnDisk(file);
    }
}
