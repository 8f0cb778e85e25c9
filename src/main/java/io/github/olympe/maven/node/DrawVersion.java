package io.github.olympe.maven.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The version of Draw that a project is built with. */
public final class DrawVersion {

    private static final String PACKAGE = "node_modules/@olympeio/draw";

    private DrawVersion() {}

    /**
     * Finds it in the folder where Node.js would find Draw.
     *
     * @throws io.github.olympe.maven.OlympeException if Draw's package.json cannot be read
     */
    public static Optional<String> of(Path project) {
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            Path draw = folder.resolve(PACKAGE);
            if (Files.isRegularFile(draw.resolve(PackageJson.FILE_NAME))) {
                return PackageJson.read(draw).version();
            }
        }
        return Optional.empty();
    }
}
