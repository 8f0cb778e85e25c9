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
 * Keeps a folder for one goal at a time, among all Mavens of this machine that have the same local repository, so that none reads what
 * another one is writing. The operating system frees it when the process ends, however it ends. Its file lies in the cache and not in
 * the folder, where {@code mvn clean} would delete it, and stays there, empty.
 */
public final class FolderLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(15);

    private final @Nullable FileChannel channel;

    private FolderLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** One that keeps nothing. */
    public static FolderLock none() {
        return new FolderLock(null);
    }

    /** Whether it keeps others out. */
    public boolean isHeld() {
        return channel != null;
    }

    /**
     * Takes the folder, and waits for it as long as another goal has it. Where the file system has no locks or no room, it is taken
     * without one.
     *
     * @param folder what is kept
     * @param locks the folder of the lock files
     * @param waiting runs at once and then every 15 seconds while it waits
     * @throws OlympeException if the thread is interrupted while it waits (which it then still is)
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
     * Takes the folder if no other goal has it now.
     *
     * @param locks the folder of the lock files
     * @return empty if another goal has it
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
        String path = folder.toRealPath().toUri().toString(); // The bytes of its name, in any locale.
        Path file = locks.resolve(UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)) + ".lock");
        Files.createDirectories(locks);
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // Another thread of this Maven has it.
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
