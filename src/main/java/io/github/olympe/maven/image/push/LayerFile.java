package io.github.olympe.maven.image.push;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a layer. */
record LayerFile(Path file) {

    /** Returns its content for an upload. */
    Blob blob() {
        // The content must not be retried into a broken upload. A new upload starts from the beginning.
        return Blobs.from(
                out -> {
                    try (InputStream in = open()) {
                        in.transferTo(out);
                    }
                },
                false);
    }

    private InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Checks after a failed upload whether the file is the cause.
     *
     * @throws OlympeException if the file is damaged or cannot be read
     */
    void check(Digest digest, Path layout) {
        try {
            if (!Digest.ofFile(file).equals(digest)) {
                throw new OlympeException("The file '" + file
                        + "' of the assembled image is damaged; remove the folder '" + layout
                        + "' and run 'mvn olympe:image' again.");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private OlympeException unreadable(IOException e) {
        return new OlympeException(
                "The file '" + file + "' of the assembled image cannot be read (" + e
                        + "); run 'mvn olympe:image' again.",
                e);
    }
}
