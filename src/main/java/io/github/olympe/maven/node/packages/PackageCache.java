package io.github.olympe.maven.node.packages;

import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code node_modules} folders that installs made on this machine, each by a key of everything that the install depends on: the
 * parameter {@code packageCache}. Files are copied from it, never linked, so that a build that changes {@code node_modules} does not affect
 * other builds. Entries that no build has used for a month are deleted, and the oldest ones if there is too much.
 *
 * @param folder where they are kept; several builds may use it at once
 */
public record PackageCache(Path folder) {

    /** Some twenty of the size of a usual project, compressed. */
    private static final long LARGEST = 4L << 30;

    /**
     * Copies the result of an earlier install into a workspace.
     *
     * @param key what the install depends on, as a digest
     * @param root the folder of the project or workspace
     * @param folders its {@code node_modules} folders, which are replaced
     * @return whether that succeeded; if not, the folders may be gone, and npm has to install
     */
    public boolean restore(String key, Path root, List<Path> folders) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            delete(folders);
        } catch (IOException e) {
            return false; // A mounted node_modules, say: npm ci empties it, or says why it cannot.
        }
        try (InputStream in = Files.newInputStream(file)) {
            new PackageTree(root, folders).unpack(in);
            UnusedFiles.markUsed(file);
            return true;
        } catch (IOException | LinkageError e) { // damaged, or a machine without zstd
            discard(file, folders);
            return false;
        }
    }

    private static void discard(Path file, List<Path> folders) {
        try {
            delete(folders);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // npm ci deletes what is left of the folders, or says why it cannot.
            return;
        }
    }

    private static void delete(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            FileTree.delete(folder);
        }
    }

    /**
     * Keeps the result of an install.
     *
     * @param key what the install depends on, as a digest
     * @param root the folder of the project or workspace
     * @param folders its {@code node_modules} folders
     * @return why it cannot be kept; empty if it is
     */
    public Optional<String> keep(String key, Path root, List<Path> folders) {
        try {
            AtomicFile.replace(file(key), new PackageTree(root, folders)::pack);
            UnusedFiles.remove(folder, LARGEST);
            return Optional.empty();
        } catch (PackageTree.NotMovableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of("'" + folder + "' cannot be written (" + Reason.of(e) + ")");
        } catch (LinkageError e) {
            return Optional.of("zstd does not work on this machine (" + e + ")");
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".tar.zst");
    }
}
