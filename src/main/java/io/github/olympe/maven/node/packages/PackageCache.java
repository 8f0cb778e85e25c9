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
 * The {@code node_modules} that installs have made on this machine, each by a key of all that an install depends on: the parameter
 * {@code packageCache}. Files are copied out of it, never linked, so that a build which changes {@code node_modules} changes no other
 * build's. What no build has used for a month goes, and the oldest where there is too much.
 *
 * @param folder where they are kept; several builds may use it at once
 */
public record PackageCache(Path folder) {

    /** Some twenty of the size of a usual project, compressed. */
    private static final long LARGEST = 4L << 30;

    /**
     * Puts what an earlier install has made into a workspace.
     *
     * @param key what the install depends on, as a digest
     * @param root the folder of the project or workspace
     * @param folders its {@code node_modules} folders, which are replaced
     * @return whether it is there now; if not, the folders may be gone, and npm has to install
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
     * Keeps what an install has just made.
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
