package io.github.olympe.maven.snapshot.git;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * Checks that git accepts paths and that they can be checked out on Windows and macOS: no {@code .git} in any spelling, no {@code ..}, no
 * reserved name such as {@code aux}. The rules are those of JGit's {@link ObjectChecker}.
 */
public final class GitPaths {

    private GitPaths() {}

    /** Says what is wrong with a path, absent if it is fine. */
    public static Optional<String> problem(String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkPath(path);
            return Optional.empty();
        } catch (CorruptObjectException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Finds two files that cannot both exist on Windows or macOS, because their paths, or the path of one and a folder of the other, differ
     * only in case or in Unicode composition. The result is absent if there are none.
     */
    public static Optional<Map.Entry<String, String>> collision(Collection<String> paths) {
        Map<String, String> seen = new HashMap<>();
        for (String path : paths) {
            String other = seen.putIfAbsent(folded(path), path);
            if (other != null) {
                return Optional.of(Map.entry(other, path));
            }
        }
        for (String path : paths) {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                String file = seen.get(folded(path.substring(0, end)));
                if (file != null) {
                    return Optional.of(Map.entry(file, path));
                }
            }
        }
        return Optional.empty();
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
