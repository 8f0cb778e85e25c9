package io.github.olympe.maven.patches.tree;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.GitDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a git repository, read from its objects: nothing is checked out. The files can be read until this is closed.
 *
 * <p>Used by one thread at a time.
 */
public final class GitFiles implements AutoCloseable {

    private final Repository repository;
    private final ObjectReader reader;
    private final String prefix;

    private GitFiles(Repository repository, String prefix) {
        this.repository = repository;
        this.reader = repository.newObjectReader();
        this.prefix = prefix;
    }

    /**
     * Opens the repository in whose work tree a folder is; absent if there is none.
     *
     * @param folder the folder that paths are relative to
     * @throws OlympeException if the repository cannot be read
     */
    public static Optional<GitFiles> open(Path folder) {
        FileRepositoryBuilder builder = GitDirectory.find(folder);
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try {
            Repository repository = builder.build();
            String prefix =
                    repository.isBare() ? "" : pathIn(repository.getWorkTree().toPath(), folder);
            return Optional.of(new GitFiles(repository, prefix));
        } catch (IOException e) {
            throw new OlympeException(
                    "The git repository '" + builder.getGitDir() + "' cannot be read (" + e
                            + "). Check it with 'git fsck'.",
                    e);
        }
    }

    private static String pathIn(Path workTree, Path folder) throws IOException {
        String path = workTree.toRealPath().relativize(folder.toRealPath()).toString();
        return path.isEmpty() ? "" : path.replace('\\', '/') + "/";
    }

    /** Returns whether a text names a commit: a branch, a tag, an id, or an expression such as {@code HEAD~3}. */
    public boolean hasCommit(String revision) {
        return tree(revision).isPresent();
    }

    /**
     * Returns whether the clone has only a part of the history.
     *
     * @throws OlympeException if the repository cannot be read
     */
    public boolean isShallow() {
        try {
            return !repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            throw new OlympeException(
                    "The git repository '" + repository.getDirectory() + "' cannot be read (" + e
                            + "). Check it with 'git fsck'.",
                    e);
        }
    }

    /**
     * Lists the files of a folder in a commit. The tree is empty if the commit has no such folder.
     *
     * @param revision a branch, a tag, an id, or an expression such as {@code HEAD~3}
     * @param folder the folder, relative to the folder that was opened; empty for that folder itself
     * @return the files, absent if there is no such commit
     * @throws OlympeException if the objects cannot be read
     */
    public Optional<ContentTree> files(String revision, String folder) {
        return tree(revision).map(tree -> list(tree, revision, folder));
    }

    /**
     * Returns what the index knows of the files in the work tree.
     *
     * @param folder the folder, relative to the folder that was opened
     */
    public FolderTree.KnownIds inWorkTree(String folder) {
        return indexed(folder, false);
    }

    /**
     * Returns what the index knows of the files in the work tree, to compare them with a commit. A file that is as git checked it out has the
     * id of what git stores, even if it has other line ends, or git stores a pointer of Git LFS.
     *
     * @param folder the folder, relative to the folder that was opened
     */
    public FolderTree.KnownIds asStored(String folder) {
        return indexed(folder, true);
    }

    private FolderTree.KnownIds indexed(String folder, boolean asStored) {
        return repository.isBare() ? FolderTree.KnownIds.NONE : IndexedIds.of(repository, path(folder), asStored);
    }

    private String path(String folder) {
        return (prefix + folder).replaceFirst("/$", "");
    }

    private Optional<ObjectId> tree(String revision) {
        try {
            return Optional.ofNullable(repository.resolve(revision + "^{tree}"));
        } catch (IOException | IllegalArgumentException e) {
            // JGit refuses some texts that are not revisions with an exception.
            return Optional.empty();
        }
    }

    private ContentTree list(ObjectId tree, String revision, String folder) {
        String path = path(folder);
        String name = revision + ":" + path;
        SortedMap<String, Content> files = new TreeMap<>();
        try {
            ObjectId top = path.isEmpty() ? tree : folderIn(tree, path);
            if (top != null) {
                list(top, name, files);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The commit '" + revision + "' cannot be read from git (" + e
                            + "). In a shallow clone, fetch it first, for example with 'git fetch --unshallow'.",
                    e);
        }
        return new ContentTree(name, files);
    }

    private @Nullable ObjectId folderIn(ObjectId tree, String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
            if (walk != null && FileMode.GITLINK.equals(walk.getRawMode(0))) {
                throw new OlympeException("The folder '" + path
                        + "' is a git submodule, whose files are not in the project's commits. Run the goal in the submodule, or"
                        + " compare folders.");
            }
            return walk == null || !FileMode.TREE.equals(walk.getRawMode(0)) ? null : walk.getObjectId(0);
        }
    }

    private void list(ObjectId top, String name, SortedMap<String, Content> files) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(top);
            walk.setRecursive(true);
            while (walk.next()) {
                int mode = walk.getRawMode(0);
                if (FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)) {
                    String path = walk.getPathString();
                    files.put(path, new BlobContent(name + "/" + path, walk.getObjectId(0)));
                }
            }
        }
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }

    private final class BlobContent implements Content {

        private final String place;
        private final ObjectId blob;

        BlobContent(String place, ObjectId blob) {
            this.place = place;
            this.blob = blob;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public long size() {
            try {
                return reader.getObjectSize(blob, Constants.OBJ_BLOB);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public String id() {
            return blob.name();
        }

        @Override
        public InputStream open() throws IOException {
            try {
                return reader.open(blob, Constants.OBJ_BLOB).openStream();
            } catch (MissingObjectException e) {
                throw unreadable(e);
            }
        }

        @Override
        public OlympeException unreadable(IOException cause) {
            return cause instanceof MissingObjectException
                    ? new OlympeException(
                            "'" + place
                                    + "' is not in this clone, which has only a part of the files. Fetch the rest first, for example"
                                    + " with 'git fetch --refetch --no-filter'.",
                            cause)
                    : Content.super.unreadable(cause);
        }
    }
}
