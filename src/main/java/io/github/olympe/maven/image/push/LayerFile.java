package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.RegistryHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a layer, as the body of a request. */
record LayerFile(Path file) implements RegistryHttp.Body {

    @Override
    public long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public InputStream open() {
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
