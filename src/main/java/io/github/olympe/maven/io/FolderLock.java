package io.github.olympe.maven.io;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Locks a folder for one goal at a time, among all Maven processes of this machine that share a local repository, so that none reads what
 * another is writing. When the process ends, even if it is killed, the operating system releases the lock. The lock file lies in the cache,
 * not in the folder, where {@code mvn clean} would delete it. It stays there, empty.
 */
public final class FolderLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(15);

    private final @Nullable FileChannel channel;

    private FolderLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** Returns a lock that locks nothing. */
    public static FolderLock none() {
        return new FolderLock(null);
    }

    /** Returns whether it really locks the folder. */
    public boolean isHeld() {
        return channel != null;
    }

    /**
     * Locks the folder, waiting while another goal holds the lock. If the file system does not support locks or is full, the goal goes on
     * without a lock.
     *
     * @param folder the folder to lock
     * @param locks the folder of the lock files
     * @param waiting called immediately, then every 15 seconds while waiting
     * @throws OlympeException if the thread is interrupted while it waits; its interrupt flag stays set
     */
    public static FolderLock take(Path folder, Path locks, Consumer<Path> waiting) {
        FileChannel channel;
        try {
            channel = open(folder, locks);
        } catch (IOException e) {
            return none();
        }
        try {
            long tell = System.nanoTime();
            while (tryLock(channel).isEmpty()) {
                if (System.nanoTime() >= tell) {
                    waiting.accept(folder);
                    tell = System.nanoTime() + TOLD_EVERY.toNanos();
                }
                Thread.sleep(POLL.toMillis());
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            close(channel);
            return none();
        } catch (InterruptedException e) {
            close(channel);
            Thread.currentThread().interrupt();
            throw new OlympeException(
                    "The build was interrupted while it waited for another one in '" + folder + "'; run it again.");
        }
    }

    /**
     * Locks the folder if no other goal holds the lock now.
     *
     * @param locks the folder of the lock files
     * @return empty if another goal holds the lock
     */
    public static Optional<FolderLock> tryTake(Path folder, Path locks) {
        try {
            FileChannel channel = open(folder, locks);
            if (tryLock(channel).isPresent()) {
                return Optional.of(new FolderLock(channel));
            }
            close(channel);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(none());
        }
    }

    private static FileChannel open(Path folder, Path locks) throws IOException {
        String path = folder.toRealPath().toUri().toString(); // The bytes of the folder's name, whatever the locale.
        Path file = locks.resolve(UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)) + ".lock");
        Files.createDirectories(locks);
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // Another thread of this Maven holds the lock.
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            close(channel);
        }
    }
}
