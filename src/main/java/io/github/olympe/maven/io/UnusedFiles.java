package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cache small: removes what no build has used for {@value #DAYS} days. If the rest is still too large, the least recently used
 * files go first. The modification time of a file says when it was last used; code that uses a file calls {@link #markUsed(Path)}.
 */
public final class UnusedFiles {

    static final int DAYS = 30;

    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final String MARKER = "cleaned";

    private UnusedFiles() {}

    /** Notes that a file is in use, at most once a day. */
    public static void markUsed(Path file) {
        Instant now = Instant.now();
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ONE_DAY))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException e) {
            // This user may only read the cache.
            return;
        }
    }

    /**
     * Removes unused files, at most once a day.
     *
     * @param folder the cache; including its subfolders
     * @param largest how many bytes may remain
     */
    public static void remove(Path folder, long largest) {
        Path marker = folder.resolve(MARKER);
        Instant now = Instant.now();
        try {
            if (!Files.isDirectory(folder)
                    || (Files.isRegularFile(marker)
                            && Files.getLastModifiedTime(marker).toInstant().isAfter(now.minus(ONE_DAY)))) {
                return;
            }
            Files.writeString(marker, "");
            new Visit(now).remove(folder, largest);
        } catch (IOException e) {
            // Another build may be removing the same files. The rest is tried again tomorrow.
            return;
        }
    }

    private record Used(Path file, Instant time, long size) {}

    /** One pass through the cache. */
    private static final class Visit extends SimpleFileVisitor<Path> {

        private final Instant unused;
        private final Instant abandoned;
        private final List<Used> kept = new ArrayList<>();

        Visit(Instant now) {
            this.unused = now.minus(Duration.ofDays(DAYS));
            this.abandoned = now.minus(ABANDONED_AFTER);
        }

        void remove(Path folder, long largest) throws IOException {
            Files.walkFileTree(folder, this);
            long size = kept.stream().mapToLong(Used::size).sum();
            kept.sort(Comparator.comparing(Used::time));
            for (Used file : kept) {
                if (size <= largest) {
                    break;
                }
                Files.deleteIfExists(file.file());
                size -= file.size();
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Instant time = attributes.lastModifiedTime().toInstant();
            boolean temporary = file.getFileName().toString().endsWith(Leftovers.SUFFIX);
            if (time.isBefore(temporary ? abandoned : unused)) {
                Files.deleteIfExists(file);
            } else if (!temporary) {
                kept.add(new Used(file, time, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // Another build has removed it in the meantime.
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(unused)) {
                try (var files = Files.list(folder)) {
                    if (files.findAny().isEmpty()) {
                        Files.deleteIfExists(folder);
                    }
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
