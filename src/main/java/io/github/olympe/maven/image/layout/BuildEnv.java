package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file {@code build.env}, a dotenv report for GitLab: {@code FRONTEND_IMAGE}, {@code BACKEND_IMAGE} (if there are several,
 * {@code <NAME>_BACKEND_IMAGE} for each), {@code CODEASDATA_IMAGE} and {@code DRAW_VERSION}, as the documented pipelines name them.
 */
public final class BuildEnv {

    /** The file's name in {@code target/olympe}. */
    public static final String NAME = "build.env";

    private static final String DRAW_VERSION = "DRAW_VERSION=";

    private BuildEnv() {}

    /**
     * Writes the file.
     *
     * @param folder the folder {@code target/olympe}
     * @param images the images that others may deploy
     * @param drawVersion the version of Draw that the project is built with
     */
    public static void write(Path folder, List<ImagesFile.Image> images, Optional<String> drawVersion) {
        long backends = images.stream()
                .filter(image -> image.kind() == ImageKind.BACKEND)
                .count();
        StringBuilder text = new StringBuilder();
        for (ImagesFile.Image image : images) {
            text.append(variable(image, backends > 1))
                    .append('=')
                    .append(image.reference())
                    .append('\n');
        }
        drawVersion
                .filter(OneLine::isPlain)
                .ifPresent(version -> text.append(DRAW_VERSION).append(version).append('\n'));
        AtomicFile.write(folder.resolve(NAME), text.toString());
    }

    /** Returns the version of Draw in an existing file, for machines without {@code node_modules}. */
    public static Optional<String> drawVersion(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return Files.isRegularFile(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith(DRAW_VERSION))
                            .map(line -> line.substring(DRAW_VERSION.length()))
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String variable(ImagesFile.Image image, boolean severalBackends) {
        return switch (image.kind()) {
            case FRONTEND -> "FRONTEND_IMAGE";
            case CODE_AS_DATA -> "CODEASDATA_IMAGE";
            case BACKEND -> severalBackends ? backendVariable(image.name()) : "BACKEND_IMAGE";
        };
    }

    /** Returns the variable for the backend of this name if there are several. */
    public static String backendVariable(String name) {
        return upper(name) + "_BACKEND_IMAGE";
    }

    /** Returns whether this is the variable of the backend of this name, as we or the documented pipelines write it. */
    public static boolean isBackendVariable(String variable, String name) {
        return variable.equals(backendVariable(name)) || variable.equals("BACKEND_IMAGE_" + upper(name));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
