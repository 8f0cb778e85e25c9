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

    /** Its content, to be sent. */
    Blob blob() {
        // Not retryable: what was sent into an upload that broke off is begun afresh, and not written into it again.
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
     * After a failed upload: is it perhaps the file that is wrong?
     *
     * @throws OlympeException if it is
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
