package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what processes left behind that were killed while writing: files and folders with the name of a {@link TemporaryPath}. Nothing
 * reads them; they only take space. The process that writes one may still be alive on another machine or in another container. So they are
 * removed once nothing has been written to them for an hour.
 */
public final class Leftovers {

    static final String SUFFIX = ".tmp";

    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final Pattern UNIQUE = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.tmp");

    private static final int UNIQUE_LENGTH = 36 + SUFFIX.length();

    private Leftovers() {}

    /** Returns the prefix of the temporary names for a file or folder. */
    static String prefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    /** Removes all of them in a folder. What cannot be removed stays and does no harm. */
    public static void remove(@Nullable Path folder) {
        for (Path path : list(folder)) {
            String name = path.getFileName().toString();
            if (isUnique(name.substring(Math.max(0, name.length() - UNIQUE_LENGTH)))) {
                removeIfAbandoned(path);
            }
        }
    }

    /** Removes those whose names begin with exactly this prefix: those of {@code a} are not those of {@code a.b}. */
    static void remove(Path folder, String prefix) {
        for (Path path : list(folder)) {
            String name = path.getFileName().toString();
            if (name.startsWith(prefix) && isUnique(name.substring(prefix.length()))) {
                removeIfAbandoned(path);
            }
        }
    }

    private static boolean isUnique(String end) {
        return UNIQUE.matcher(end).matches();
    }

    private static List<Path> list(@Nullable Path folder) {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void removeIfAbandoned(Path path) {
        try {
            if (!isWrittenSince(path, Instant.now().minus(ABANDONED_AFTER))) {
                FileTree.delete(path);
            }
        } catch (IOException e) {
            // Another build is removing it, or we are not allowed to.
            return;
        }
    }

    /** Returns whether anything in it is younger than the limit. */
    private static boolean isWrittenSince(Path path, Instant limit) throws IOException {
        boolean[] younger = {false};
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                younger[0] |= attributes.lastModifiedTime().toInstant().isAfter(limit);
                return younger[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return younger[0];
    }
}
