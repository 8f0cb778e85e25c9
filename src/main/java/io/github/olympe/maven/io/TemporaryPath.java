package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file or folder while it is being written: under a temporary name, in the folder where it is going to stay. Once it is whole, it is
 * renamed, so that nobody ever sees half of it. Closing deletes what was not renamed; what a killed process leaves behind is removed by
 * the next one ({@link Leftovers}).
 *
 * <pre>{@code
 * try (TemporaryPath blob = TemporaryPath.in(cache)) {
 *     Digest digest = download(blob.path());
 *     blob.replaceFile(cache.resolve(digest.hex()));
 * }
 * }</pre>
 *
 * @param path where to write; nothing is there yet
 */
public record TemporaryPath(Path path) implements AutoCloseable {

    /** A path for something whose name is not known yet, in a folder that is made where it is missing. */
    public static TemporaryPath in(Path folder) throws IOException {
        return named(folder, ".");
    }

    /** A path for what will replace, or become, {@code target}. */
    public static TemporaryPath beside(Path target) throws IOException {
        return named(target.resolveSibling("").toAbsolutePath(), Leftovers.prefix(target));
    }

    private static TemporaryPath named(Path folder, String prefix) throws IOException {
        Files.createDirectories(folder);
        Leftovers.remove(folder, prefix);
        return new TemporaryPath(folder.resolve(prefix + UUID.randomUUID() + Leftovers.SUFFIX));
    }

    /** Gives the file its name, atomically; a file that has that name already is replaced. */
    public void replaceFile(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Gives the folder its name. A folder that has that name already is moved away first and then deleted; if the process is killed in
     * between, there is none.
     *
     * @throws IOException if it cannot be done; what was there before is then back in its place
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
     * Gives the folder its name, unless another process was faster: theirs stays, and ours goes.
     *
     * @throws IOException if it cannot be done, and nobody else did it
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

    /** Deletes what is still there. What cannot be deleted has a name that nothing reads, and {@link Leftovers} removes it later. */
    @Override
    public void close() {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            // It only takes room.
        }
    }
}
