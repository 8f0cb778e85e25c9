package io.github.olympe.maven.snapshot.summary;

import io.github.olympe.maven.snapshot.config.OutputDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The files of a snapshot's root tags in a commit that was fetched without file contents. Files that are unchanged in the snapshot are read
 * from there, so that only the rest must be fetched.
 */
final class CommittedPatches {

    private final String place;
    private final SortedMap<String, ObjectId> ids = new TreeMap<>();

    private CommittedPatches(String place) {
        this.place = place;
    }

    /**
     * Lists the files.
     *
     * @param tree the commit's tree
     * @param output the folder of the root tags in the tree
     * @param place the commit's name in messages
     */
    static CommittedPatches in(
            ObjectReader reader, ObjectId tree, OutputDirectory output, Set<String> rootTags, String place)
            throws IOException {
        CommittedPatches patches = new CommittedPatches(place);
        for (String tag : rootTags) {
            try (TreeWalk folder = TreeWalk.forPath(reader, output.path(tag), tree)) {
                if (folder != null && folder.getFileMode(0) == FileMode.TREE) {
                    patches.add(reader, tag, folder.getObjectId(0));
                }
            }
        }
        return patches;
    }

    private void add(ObjectReader reader, String tag, ObjectId folder) throws IOException {
        try (TreeWalk files = new TreeWalk(reader)) {
            files.setRecursive(true);
            files.addTree(folder);
            while (files.next()) {
                if (files.getFileMode(0) == FileMode.REGULAR_FILE || files.getFileMode(0) == FileMode.EXECUTABLE_FILE) {
                    ids.put(tag + "/" + files.getPathString(), files.getObjectId(0));
                }
            }
        }
    }

    /** Returns the contents that are neither in the snapshot nor in the repository. */
    Set<ObjectId> missing(SortedMap<String, PatchFile> staged, Repository repository) throws IOException {
        Set<ObjectId> missing = new HashSet<>(ids.values());
        staged.values().forEach(file -> missing.remove(ObjectId.fromString(file.id())));
        try (ObjectReader reader = repository.newObjectReader()) {
            for (ObjectId id : Set.copyOf(missing)) {
                if (reader.has(id)) {
                    missing.remove(id);
                }
            }
        }
        return missing;
    }

    /** Returns the files by their paths in the snapshot's folder, read from the snapshot or else the repository. */
    SortedMap<String, PatchFile> files(SortedMap<String, PatchFile> staged, Repository repository) {
        Map<String, PatchFile> byId = new HashMap<>();
        staged.values().forEach(file -> byId.put(file.id(), file));
        SortedMap<String, PatchFile> files = new TreeMap<>();
        ids.forEach((path, id) -> {
            PatchFile same = byId.get(id.name());
            files.put(path, same == null ? new InRepository(repository, id, place + ":" + path) : same);
        });
        return files;
    }

    private record InRepository(Repository repository, ObjectId object, String place) implements PatchFile {

        @Override
        public String id() {
            return object.name();
        }

        @Override
        public long size() throws IOException {
            return loader().getSize();
        }

        @Override
        public InputStream open() throws IOException {
            return loader().openStream();
        }

        private ObjectLoader loader() throws IOException {
            return repository.open(object);
        }
    }
}
