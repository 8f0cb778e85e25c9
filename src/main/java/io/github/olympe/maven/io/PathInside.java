package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Resolves a path that some file names, and makes sure that it stays inside a folder. */
public final class PathInside {

    /** Linux's PATH_MAX. */
    private static final int LONGEST = 4096;

    private PathInside() {}

    /**
     * Resolves a text to a path below a folder. The result is absent if the text is not a path, or leads out of the folder by {@code ..} or
     * by a symbolic link.
     */
    public static Optional<Path> of(Path folder, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Path path = FileNames.resolve(folder, text).normalize();
            return path.startsWith(folder.normalize()) && !leadsOut(folder, path)
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the existing part of a path really lies outside of the folder that it names. */
    static boolean leadsOut(Path folder, Path path) {
        for (Path part = path;
                part != null && part.startsWith(folder) && !part.equals(folder);
                part = part.getParent()) {
            try {
                return !part.toRealPath().startsWith(folder.toRealPath());
            } catch (IOException e) {
                // It does not exist, so the folder above it decides.
            }
        }
        return false;
    }
}
