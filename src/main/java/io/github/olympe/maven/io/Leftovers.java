package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What processes left behind that were killed while they wrote: files and folders with a temporary name, ending in {@code .tmp}. Nothing
 * reads them; they only take room. Whether the one that writes still lives cannot be known (it may be on another machine or in another
 * container), so they go when nothing has been written to them for an hour.
 */
public final class Leftovers {

    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private Leftovers() {}

    /** Removes those in this folder. What cannot be removed stays: it does no harm. */
    public static void remove(@Nullable Path folder) {
        remove(folder, "");
    }

    /** Removes those in this folder whose names begin so. */
    public static void remove(@Nullable Path folder, String prefix) {
        if (folder == null) {
            return;
        }
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        for (Path path : list(folder)) {
            String name = path.getFileName().toString();
            if (name.startsWith(prefix) && name.endsWith(".tmp")) {
                removeIfOlder(path, limit);
            }
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void removeIfOlder(Path path, Instant limit) {
        try {
            if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(limit)) {
                FileTree.delete(path);
            }
        } catch (IOException e) {
            // Another build removes it, or it is not ours to remove.
            return;
        }
    }
}
