package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.ci.GitDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Finds out what the git repository of a working tree tracks. */
public final class GitIndex {

    private GitIndex() {}

    /**
     * Returns whether git tracks the file or folder of this name in a folder, or something inside it. The result is absent if JGit cannot
     * read the index (it does not support split and sparse indexes). Without a repository, nothing is tracked. Case is ignored, because the
     * working tree may ignore it.
     */
    public static Optional<Boolean> tracks(Path folder, String name) {
        FileRepositoryBuilder builder = GitDirectory.find(folder);
        if (builder.getGitDir() == null) {
            return Optional.of(false);
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                return Optional.of(false);
            }
            String path = repository
                    .getWorkTree()
                    .toPath()
                    .toRealPath()
                    .relativize(folder.toRealPath().resolve(name))
                    .toString()
                    .replace('\\', '/');
            return Optional.of(tracks(DirCache.read(repository), path));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean tracks(DirCache index, String name) {
        for (int i = 0; i < index.getEntryCount(); i++) {
            String path = index.getEntry(i).getPathString();
            if (path.equalsIgnoreCase(name) || path.regionMatches(true, 0, name + "/", 0, name.length() + 1)) {
                return true;
            }
        }
        return false;
    }
}
