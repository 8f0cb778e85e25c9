package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.GitDirectory;
import io.github.olympe.maven.io.FileNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * The git work tree of a folder, and the state of its files. JGit reads the index. If JGit does not support the index (split, sparse, or in
 * a SHA-256 repository), the program git reads it. If that is not installed, it is unknown which files are tracked.
 *
 * @param root the folder of the work tree, without symbolic links
 * @param ignoreRules which files are ignored
 * @param index the file of the index
 * @param isSha1 whether objects are named by SHA-1, as JGit reads them
 * @param git the program git
 */
public record GitWorkTree(Path root, IgnoreRules ignoreRules, File index, boolean isSha1, GitProgram git) {

    /** Returns the work tree that a folder is in, if it is in one. */
    public static Optional<GitWorkTree> of(Path folder, GitProgram git) {
        try {
            FileRepositoryBuilder builder = GitDirectory.find(folder.toRealPath());
            if (builder.getGitDir() == null) {
                return Optional.empty();
            }
            builder.setup();
            if (builder.isBare() || builder.getWorkTree() == null) {
                return Optional.empty();
            }
            Path root = builder.getWorkTree().toPath().toRealPath();
            File common = builder.getGitCommonDir();
            return Optional.of(
                    new GitWorkTree(root, IgnoreRules.of(root, common), builder.getIndexFile(), isSha1(common), git));
        } catch (IOException | IllegalArgumentException e) { // A broken configuration causes the latter.
            throw new OlympeException(
                    "The git repository of '" + folder + "' cannot be read (" + e.getMessage()
                            + "). Check it with 'git status'.",
                    e);
        }
    }

    private static boolean isSha1(File commonDirectory) throws IOException {
        FileBasedConfig config = new FileBasedConfig(new File(commonDirectory, "config"), FS.DETECTED);
        try {
            config.load();
        } catch (ConfigInvalidException e) {
            return false;
        }
        return GitDirectory.isSha1(config);
    }

    /** The path of a file in the work tree, with {@code /} between names. */
    String path(Path file) throws IOException {
        Path real = file.toRealPath();
        return real.equals(root) ? "" : FileNames.key(root.relativize(real));
    }

    /** Whether git tracks a file, or a file in a folder; empty if that is unknown. */
    public Optional<Boolean> tracks(Path fileOrFolder) throws IOException {
        String path = path(fileOrFolder);
        return tracked(path)
                .map(names -> path.isEmpty()
                        ? !names.isEmpty()
                        : names.contains(path)
                                || names.subSet(path + "/", path + "0").size() > 0);
    }

    /** Whether git ignores a file or folder, itself or by a folder above it. */
    public boolean ignores(Path fileOrFolder) throws IOException {
        return ignoreRules.ignoresOrAbove(path(fileOrFolder), Files.isDirectory(fileOrFolder));
    }

    /**
     * The tracked files in a folder, by their paths in the work tree; empty if they are unknown.
     *
     * @param folder the folder's path, or the path of a file
     */
    Optional<SortedSet<String>> tracked(String folder) {
        if (!index.isFile()) {
            return Optional.of(new TreeSet<>());
        }
        return isSha1 ? readByJGit().or(() -> askGit(folder)) : askGit(folder);
    }

    private Optional<SortedSet<String>> readByJGit() {
        try {
            DirCache cache = DirCache.read(index, FS.DETECTED);
            SortedSet<String> paths = new TreeSet<>();
            for (int i = 0; i < cache.getEntryCount(); i++) {
                paths.add(cache.getEntry(i).getPathString());
            }
            return Optional.of(paths);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // JGit throws both kinds of exception for an index that it does not support.
        }
    }

    private Optional<SortedSet<String>> askGit(String folder) {
        return git.lines(
                        root,
                        List.of(
                                "-c",
                                "core.quotePath=false",
                                "ls-files",
                                "--full-name",
                                "--",
                                folder.isEmpty() ? "." : folder))
                // git quotes only names with control characters and quotes, which projects do not have.
                .filter(lines -> lines.stream().noneMatch(line -> line.startsWith("\"")))
                .map(TreeSet::new);
    }
}
