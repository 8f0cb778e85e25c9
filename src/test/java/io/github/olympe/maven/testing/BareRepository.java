package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A bare repository, as on a git server. Tests fill it and read it. */
public final class BareRepository {

    private final Path folder;

    private BareRepository(Path folder) {
        this.folder = folder;
    }

    /** Creates an empty one, whose server omits file contents on request. */
    public static BareRepository create(Path folder) {
        BareRepository created = new BareRepository(folder);
        try (Repository repository = created.open()) {
            repository.create(true);
            repository.getConfig().setBoolean("uploadpack", null, "allowFilter", true);
            repository.getConfig().setBoolean("http", null, "receivepack", true);
            repository.getConfig().setString("receive", null, "denyNonFastForwards", "true");
            repository.getConfig().save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return created;
    }

    /** Returns its folder. */
    public Path folder() {
        return folder;
    }

    /** Sets a value of its configuration. */
    public BareRepository configure(String section, String name, String value) {
        try (Repository repository = open()) {
            repository.getConfig().setString(section, null, name, value);
            repository.getConfig().save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Commits these files on top of a branch: path to content, {@code null} to delete it. */
    public ObjectId commit(String branch, Map<String, String> files) {
        return commit(branch, files, FileMode.REGULAR_FILE);
    }

    /** Does what {@link #commit(String, Map)} does, with a mode for the files. For a symbolic link, the content is its target. */
    public ObjectId commit(String branch, Map<String, String> files, FileMode mode) {
        try (Repository repository = open();
                ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(repository)) {
            ObjectId tip = repository.resolve(Constants.R_HEADS + branch);
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            if (tip != null) {
                try (TreeWalk tree = new TreeWalk(repository)) {
                    tree.addTree(walk.parseCommit(tip).getTree());
                    tree.setRecursive(true);
                    while (tree.next()) {
                        if (!files.containsKey(tree.getPathString())) {
                            DirCacheEntry entry = new DirCacheEntry(tree.getPathString());
                            entry.setFileMode(tree.getFileMode());
                            entry.setObjectId(tree.getObjectId(0));
                            builder.add(entry);
                        }
                    }
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (file.getValue() != null) {
                    DirCacheEntry entry = new DirCacheEntry(file.getKey());
                    entry.setFileMode(mode);
                    entry.setObjectId(
                            mode == FileMode.GITLINK
                                    ? ObjectId.fromString(file.getValue())
                                    : inserter.insert(
                                            Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
                    builder.add(entry);
                }
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentIds(tip == null ? List.of() : List.of(tip));
            PersonIdent somebody = new PersonIdent("Somebody", "somebody@example.com");
            commit.setAuthor(somebody);
            commit.setCommitter(somebody);
            commit.setMessage("Work of somebody\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setNewObjectId(id);
            update.setExpectedOldObjectId(tip == null ? ObjectId.zeroId() : tip);
            update.update();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the files of a branch: path to mode and content, as {@code 100644 text}. Checks that git accepts its commits and everything
     * in them, and that they can be checked out on Windows and macOS.
     */
    public SortedMap<String, String> files(String branch) {
        checkObjects(branch);
        SortedMap<String, String> files = new TreeMap<>();
        try (Repository repository = open();
                RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(walk.parseCommit(repository.resolve(Constants.R_HEADS + branch))
                    .getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                String content = tree.getFileMode() == FileMode.GITLINK
                        ? tree.getObjectId(0).name()
                        : new String(repository.open(tree.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
                files.put(tree.getPathString(), tree.getFileMode() + " " + content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void checkObjects(String branch) {
        ObjectChecker checker = new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
        try (Repository repository = open();
                ObjectWalk walk = new ObjectWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve(Constants.R_HEADS + branch)));
            for (RevObject commit = walk.next(); commit != null; commit = walk.next()) {
                check(checker, repository, commit);
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                check(checker, repository, object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(ObjectChecker checker, Repository repository, RevObject object) throws IOException {
        checker.check(
                object,
                object.getType(),
                repository.open(object, object.getType()).getBytes());
    }

    /** Returns the commits of a branch, newest first. */
    public List<RevCommit> log(String branch) {
        try (Repository repository = open();
                RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve(Constants.R_HEADS + branch)));
            List<RevCommit> commits = new java.util.ArrayList<>();
            for (RevCommit commit : walk) {
                walk.parseBody(commit);
                commits.add(commit);
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Repository open() {
        try {
            return new FileRepositoryBuilder()
                    .setBare()
                    .setGitDir(folder.toFile())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
