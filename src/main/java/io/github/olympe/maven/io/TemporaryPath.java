package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file or folder while it is being written: under a temporary name, in the folder where it is going to stay. Once it is complete, it is
 * renamed, so that no reader ever sees half of it. Closing deletes it if it was not renamed. The next process removes what a killed process
 * left behind ({@link Leftovers}).
 *
 * <pre>{@code
 * try (TemporaryPath blob = TemporaryPath.in(cache)) {
 *     Digest digest = download(blob.path());
 *     blob.replaceFile(cache.resolve(digest.hex()));
 * }
 * }</pre>
 *
 * @param path where to write; nothing exists there yet
 */
public record TemporaryPath(Path path) implements AutoCloseable {

    /** Returns a path for content whose name is not known yet. The folder is created if it is missing. */
    public static TemporaryPath in(Path folder) throws IOException {
        return named(folder, ".");
    }

    /** Returns a path for the new {@code target}. */
    public static TemporaryPath beside(Path target) throws IOException {
        return named(target.resolveSibling("").toAbsolutePath(), Leftovers.prefix(target));
    }

    private static TemporaryPath named(Path folder, String prefix) throws IOException {
        Files.createDirectories(folder);
        Leftovers.remove(folder, prefix);
        return new TemporaryPath(folder.resolve(prefix + UUID.randomUUID() + Leftovers.SUFFIX));
    }

    /** Renames the file to its final name atomically, replacing a file that already has it. */
    public void replaceFile(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Renames the folder to its final name. A folder that already has that name is moved away first and then deleted. If the process is
     * killed in between, neither exists under that name.
     *
     * @throws IOException if this fails; the old folder is then back in its place
     */
    public void replaceFolder(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try (TemporaryPath old = beside(target)) {
            Files.move(target, old.path(), StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.move(old.path(), target, StandardCopyOption.ATOMIC_MOVE);
                throw e;
            }
        }
    }

    /**
     * Renames the folder to its final name, unless another process was faster: then theirs stays and ours is deleted.
     *
     * @throws IOException if this fails and no other process has created the folder
     */
    public void addFolder(Path target) throws IOException {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    /** Deletes what was not renamed. If that fails, nothing reads it, and {@link Leftovers} removes it later. */
    @Override
    public void close() {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            // It only takes space.
        }
    }
}
