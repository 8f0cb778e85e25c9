package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A path to a folder without spaces or other special characters: the folder's own path, or a temporary symbolic link to it, which closing
 * this deletes.
 */
record PlainPath(Path path, boolean temporary) implements AutoCloseable {

    /** Anything else in a path, such as a space, breaks the command line with which the toolkit starts its child process. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/\\\\:._-]+");

    static PlainPath to(Path folder) throws IOException {
        if (PLAIN.matcher(folder.toString()).matches()) {
            return new PlainPath(folder, false);
        }
        Path parent = Files.createTempDirectory("olympe-snapshot");
        Path link = parent.resolve("staging");
        try {
            if (!PLAIN.matcher(link.toString()).matches()) {
                throw new IOException("the temporary folder '" + parent.getParent() + "' has a space in its path");
            }
            return new PlainPath(Files.createSymbolicLink(link, folder), true);
        } catch (IOException | UnsupportedOperationException e) {
            Files.delete(parent);
            throw new OlympeException(
                    String.format(
                            "The toolkit cannot write to '%s', because the path has a space or a letter outside of ASCII, and no link to it can be"
                                    + " made in the temporary folder (%s). Build the project in a folder whose path has neither.",
                            folder, Reason.of(e)),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.delete(path);
            Files.delete(path.getParent());
        }
    }
}
