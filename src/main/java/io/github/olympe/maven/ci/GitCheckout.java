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

/** The commit that a folder's content is from. */
final class GitCheckout {

    private static final String SUBMODULES = File.separator + "modules" + File.separator;

    private GitCheckout() {}

    /**
     * Returns the commit that is checked out where it is another than this one. A submodule is at the commit of the repository that has it.
     *
     * @param commit a full commit id
     * @param directory a folder
     * @return absent where it is that commit, and where no repository that can be read has the folder
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
            // JGit has failures of both kinds for files that are no repository's.
            return Optional.empty();
        }
    }

    private static Optional<String> head(Repository repository) throws IOException {
        return HeadRef.of(repository).flatMap(HeadRef::commit);
    }

    /** Whether this is a submodule's repository, which lies in that of the project around it, and the latter is at this commit. */
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
            return false; // A folder of that name, and a file.
        }
    }

    /** Whether the folder is part of the commit: one that git does not know, such as a build's, only happens to lie in the work tree. */
    private static boolean has(Repository repository, String head, Path directory) throws IOException {
        Path path = repository.getWorkTree().toPath().toRealPath().relativize(directory.toRealPath());
        if (path.toString().isEmpty() || !ObjectId.isId(head)) {
            return true; // JGit cannot look into a commit that is named by SHA-256.
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
