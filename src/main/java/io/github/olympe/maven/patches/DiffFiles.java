package io.github.olympe.maven.patches;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The files {@code diff.json} and {@code diff.md}, which contain the full difference.
 *
 * @param folder the folder that they are in
 * @param mask hides secrets; code as data may contain those of this build
 */
public record DiffFiles(Path folder, SecretMask mask) {

    /** Returns the files in {@code target/olympe}. */
    public static DiffFiles in(Path outputDirectory, SecretMask mask) {
        return new DiffFiles(outputDirectory.resolve("diff"), mask);
    }

    /** Returns the file for tools. */
    public Path json() {
        return folder.resolve("diff.json");
    }

    /** Returns the file for people. */
    public Path markdown() {
        return folder.resolve("diff.md");
    }

    /**
     * Writes both files, replacing those of an earlier difference.
     *
     * @throws OlympeException if a file cannot be written
     */
    public void write(Difference difference) {
        try {
            AtomicFile.replace(json(), out -> DiffJson.write(difference, mask, out));
            byte[] text = DiffMarkdown.of(difference, mask).getBytes(StandardCharsets.UTF_8);
            AtomicFile.replace(markdown(), out -> out.write(text));
        } catch (IOException e) {
            throw new OlympeException(
                    "The folder '" + folder + "' cannot be written (" + e
                            + "). Check its permissions and the free disk space.",
                    e);
        }
    }
}
