package io.github.olympe.maven.ci;

import io.github.olympe.maven.io.FileNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Finds the commit that a folder's content comes from. */
final class GitCheckout {

    private static final String SUBMODULES = File.separator + "modules" + File.separator;

    private GitCheckout() {}

    /**
     * Returns the commit that is checked out if it is not this one. A submodule counts as being at the commit of the repository that
     * contains it.
     *
     * @param commit a full commit id
     * @param directory a folder
     * @return absent if it is that commit, or if the folder is in no readable repository
     */
    static Optional<String> otherThan(String commit, Path directory) {
        FileRepositoryBuilder builder = GitDirectory.find(directory);
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.build()) {
            Optional<String> head = head(repository).filter(id -> !id.equals(commit));
            return head.isEmpty() || isOfSuperproject(repository, commit) || !has(repository, head.get(), directory)
                    ? Optional.empty()
                    : head;
        } catch (IOException | RuntimeException e) {
            // JGit throws both kinds of exception for files that do not form a repository.
            return Optional.empty();
        }
    }

    private static Optional<String> head(Repository repository) throws IOException {
        return HeadRef.of(repository).flatMap(HeadRef::commit);
    }

    /**
     * Returns whether this is the repository of a submodule, lies in the repository of the project around it, and that project is at this
     * commit.
     */
    private static boolean isOfSuperproject(Repository repository, String commit) throws IOException {
        String folder = repository.getDirectory().getPath();
        for (int end = folder.indexOf(SUBMODULES); end >= 0; end = folder.indexOf(SUBMODULES, end + 1)) {
            File outside = new File(folder.substring(0, end));
            if (new File(outside, Constants.HEAD).isFile() && isAt(outside, commit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(File gitDirectory, String commit) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                .setMustExist(true)
                .setGitDir(gitDirectory)
                .build()) {
            return head(repository).filter(commit::equals).isPresent();
        } catch (RepositoryNotFoundException e) {
            return false; // A folder with that name, and a file with that name.
        }
    }

    /**
     * Returns whether the folder is part of the commit. A folder that git does not know, such as a build output, only happens to lie in the
     * work tree.
     */
    private static boolean has(Repository repository, String head, Path directory) throws IOException {
        Path path = repository.getWorkTree().toPath().toRealPath().relativize(directory.toRealPath());
        if (path.toString().isEmpty() || !ObjectId.isId(head)) {
            return true; // JGit cannot read a commit that is named by SHA-256.
        }
        // The names in a commit are UTF-8, whatever the locale.
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk found = TreeWalk.forPath(
                        repository,
                        FileNames.text(path),
                        walk.parseCommit(ObjectId.fromString(head)).getTree())) {
            return found != null;
        }
    }
}
