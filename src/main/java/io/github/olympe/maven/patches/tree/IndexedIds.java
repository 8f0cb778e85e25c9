package io.github.olympe.maven.patches.tree;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * The ids that git's index has of files that are as they were when git last looked at them, so that nobody has to read them. As in git, a file
 * is that if its size and time are those of the index, and the index was written later ("racy git" in git's documentation).
 */
final class IndexedIds implements FolderTree.KnownIds {

    private final DirCache index;
    private final Instant written;
    private final String folder;

    private IndexedIds(DirCache index, Instant written, String folder) {
        this.index = index;
        this.written = written;
        this.folder = folder;
    }

    /**
     * Returns the ids of a folder's files; none where git may store files in another form than they have on the disk, or the index cannot be
     * read.
     *
     * @param folder the folder's path in the work tree; empty for the work tree itself
     */
    static FolderTree.KnownIds of(Repository repository, String folder) {
        File file = repository.getIndexFile();
        try {
            if (mayConvert(repository) || !file.isFile()) {
                return NONE;
            }
            Instant written = Files.getLastModifiedTime(file.toPath()).toInstant();
            return new IndexedIds(repository.readDirCache(), written, folder.isEmpty() ? "" : folder + "/");
        } catch (IOException | RuntimeException e) {
            return NONE; // JGit has failures of both kinds for an index that it does not know.
        }
    }

    private static boolean mayConvert(Repository repository) {
        String autocrlf = repository
                .getConfig()
                .getString(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOCRLF);
        return autocrlf != null && !autocrlf.equalsIgnoreCase("false")
                || new File(repository.getWorkTree(), Constants.DOT_GIT_ATTRIBUTES).exists();
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
        return isAsItWas ? Optional.of(entry.getObjectId().name()) : Optional.empty();
    }
}
