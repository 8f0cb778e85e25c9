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
 * A folder under {@code target} that takes long to make, and is made once for all tests of a build, those in other JVMs included: one makes
 * it under another name and renames it when it is whole, the others wait.
 */
public final class MadeOnce {

    private MadeOnce() {}

    /** Fills the empty folder that it is given. */
    @FunctionalInterface
    public interface Maker {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /** The folder of this name under {@code target}, made now if it is not there. */
    public static synchronized Path folder(String name, Maker maker) {
        Path folder = MavenBuild.TARGET.resolve(name);
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                // The lock of a JVM that was killed is gone with it.
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
