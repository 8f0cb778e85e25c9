package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What a file names as a part of a folder, which may be anything at all. */
public final class PathInside {

    /** Linux's PATH_MAX. */
    private static final int LONGEST = 4096;

    private PathInside() {}

    /**
     * The path below a folder that a text names; absent where the text is no path, or leads out of the folder, be it by {@code ..} or by a
     * symbolic link.
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

    /** Whether a path, as far as it exists, is in truth outside of the folder that it is written in. */
    static boolean leadsOut(Path folder, Path path) {
        for (Path part = path;
                part != null && part.startsWith(folder) && !part.equals(folder);
                part = part.getParent()) {
            try {
                return !part.toRealPath().startsWith(folder.toRealPath());
            } catch (IOException e) {
                // It does not exist: the folder above it decides.
            }
        }
        return false;
    }
}
