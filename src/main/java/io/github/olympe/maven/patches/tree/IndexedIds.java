package io.github.olympe.maven.patches.tree;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The ids in git's index of files that have not changed since git last looked at them, so that they need not be read. A file has not
 * changed if its size and time are those in the index and the index was written later ("racy git" in git's documentation).
 *
 * <p>Git may store another text than the file: with other line ends, or a pointer of Git LFS. So the ids are those of the files' bytes only
 * if no attributes may ask for that, see {@code gitattributes(5)}. Used by one thread at a time.
 */
final class IndexedIds implements FolderTree.KnownIds {

    private final DirCache index;
    private final Instant written;
    private final Path workTree;
    private final String folder;

    /** Whether a folder, or one above it, has a file with attributes. */
    private final Map<String, Boolean> withAttributes = new HashMap<>();

    private final boolean asStored;

    private IndexedIds(DirCache index, Instant written, Path workTree, String folder, boolean asStored) {
        this.index = index;
        this.written = written;
        this.workTree = workTree;
        this.folder = folder;
        this.asStored = asStored;
    }

    /**
     * Returns the ids of a folder's files; none if the index cannot be read.
     *
     * @param folder the folder's path in the work tree; empty for the work tree itself
     * @param asStored whether the ids are those of what git stores; else there are none of files that git may store in another form
     */
    static FolderTree.KnownIds of(Repository repository, String folder, boolean asStored) {
        File file = repository.getIndexFile();
        try {
            if (!file.isFile() || !asStored && mayConvert(repository)) {
                return NONE;
            }
            Instant written = Files.getLastModifiedTime(file.toPath()).toInstant();
            DirCache index = repository.readDirCache();
            return !asStored && hasAttributes(index)
                    ? NONE
                    : new IndexedIds(
                            index,
                            written,
                            repository.getWorkTree().toPath(),
                            folder.isEmpty() ? "" : folder + "/",
                            asStored);
        } catch (IOException | RuntimeException e) {
            return NONE; // JGit throws both kinds of exception for an index that it does not support.
        }
    }

    /** Returns whether the configuration, or attributes outside of the work tree, may make git store files in another form. */
    private static boolean mayConvert(Repository repository) {
        String autocrlf = repository
                .getConfig()
                .getString(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOCRLF);
        if (autocrlf != null && !autocrlf.equalsIgnoreCase("false")
                || repository.getConfig().get(CoreConfig.KEY).getAttributesFile() != null) {
            return true;
        }
        FS system = repository.getFS();
        @Nullable Path ofUser = SystemReader.getInstance().getXdgConfigDirectory(system);
        @Nullable File ofMachine = system.getGitSystemConfig();
        return new File(repository.getCommonDirectory(), Constants.INFO_ATTRIBUTES).exists()
                || ofUser != null && Files.exists(ofUser.resolve("git/attributes"))
                || ofMachine != null && new File(ofMachine.getParentFile(), "gitattributes").exists();
    }

    /** Returns whether the index has attributes. Git uses these if they are missing in the work tree. */
    private static boolean hasAttributes(DirCache index) {
        for (int i = 0; i < index.getEntryCount(); i++) {
            String path = index.getEntry(i).getPathString();
            if (path.endsWith(Constants.DOT_GIT_ATTRIBUTES)) {
                return true;
            }
        }
        return false;
    }

    /** Also finds those that git does not track. */
    private boolean hasAttributes(String inWorkTree) {
        @Nullable Boolean known = withAttributes.get(inWorkTree);
        if (known == null) {
            known = Files.exists(workTree.resolve(inWorkTree).resolve(Constants.DOT_GIT_ATTRIBUTES))
                    || !inWorkTree.isEmpty() && hasAttributes(parent(inWorkTree));
            withAttributes.put(inWorkTree, known);
        }
        return known;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    @Override
    public Optional<String> of(String path, BasicFileAttributes attributes) {
        DirCacheEntry entry = index.getEntry(folder + path);
        if (entry == null || entry.getStage() != DirCacheEntry.STAGE_0) {
            return Optional.empty();
        }
        Instant time = entry.getLastModifiedInstant();
        boolean isAsItWas = entry.getLength() == attributes.size()
                && time.equals(attributes.lastModifiedTime().toInstant())
                && time.isBefore(written);
        return isAsItWas && (asStored || !hasAttributes(parent(folder + path)))
                ? Optional.of(entry.getObjectId().name())
                : Optional.empty();
    }
}
