package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.ci.GitDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** What the git repository of a working tree tracks. */
public final class GitIndex {

    private GitIndex() {}

    /**
     * Whether git tracks what has this name in a folder, or something in it; absent where that is unknown, since JGit cannot read the index
     * (it knows no split and no sparse index). Without a repository, nothing is tracked. Upper and lower case are the same here, since they
     * may be so in the working tree.
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
