package io.github.olympe.maven.testing;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder under {@code target} that takes long to make. It is made once for all tests of a build, including those in other JVMs: one makes
 * it under another name and renames it when it is complete, and the others wait.
 */
public final class MadeOnce {

    private MadeOnce() {}

    /** Fills an empty folder. */
    @FunctionalInterface
    public interface Maker {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /** Returns the folder with this name under {@code target}. If it is missing, it is made now. */
    public static synchronized Path folder(String name, Maker maker) {
        Path folder = MavenBuild.TARGET.resolve(name);
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                // When a JVM is killed, its lock is released.
                try (FileChannel channel = FileChannel.open(
                                folder.resolveSibling(folder.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.exists(folder)) {
                        make(folder, maker);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError("'" + folder + "' cannot be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return folder;
    }

    private static void make(Path folder, Maker maker) throws IOException, InterruptedException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        FileTree.delete(unfinished);
        Files.createDirectories(unfinished);
        maker.fill(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
