package io.github.olympe.maven.image.source;

import io.github.olympe.maven.ci.GitDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Finds executable files on a file system without modes: those that are executable in git, and those that begin with {@code #!}.
 *
 * @param tracked the paths, relative to the tree's root, that are executable in git's index
 */
record Executables(Set<String> tracked) {

    Executables {
        tracked = Set.copyOf(tracked);
    }

    /** Returns the programs below a folder. An index that is missing or that JGit cannot read is ignored. */
    static Executables below(Path root) {
        FileRepositoryBuilder builder = GitDirectory.find(root);
        if (builder.getGitDir() == null) {
            return new Executables(Set.of());
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                return new Executables(Set.of());
            }
            String prefix = prefix(repository.getWorkTree(), root);
            DirCache index = repository.readDirCache();
            Set<String> tracked = new HashSet<>();
            for (int i = 0; i < index.getEntryCount(); i++) {
                String path = index.getEntry(i).getPathString();
                if (path.startsWith(prefix) && index.getEntry(i).getFileMode() == FileMode.EXECUTABLE_FILE) {
                    tracked.add(path.substring(prefix.length()));
                }
            }
            return new Executables(tracked);
        } catch (IOException e) {
            return new Executables(Set.of());
        }
    }

    private static String prefix(File workTree, Path root) throws IOException {
        String relative =
                workTree.toPath().toRealPath().relativize(root).toString().replace('\\', '/');
        return relative.isEmpty() ? "" : relative + "/";
    }

    /**
     * Returns whether a file is a program.
     *
     * @param path its path below the root
     */
    boolean contains(Path file, String path) throws IOException {
        if (tracked.contains(path)) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        }
    }
}
