package io.github.olympe.maven.snapshot.summary;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/** The files of a snapshot's root tags on this machine's disk. */
public final class StagedPatches {

    private StagedPatches() {}

    /**
     * Returns the files of a snapshot, by their paths in its folder.
     *
     * @param rootTags the files of each root tag, by their path below its folder
     */
    public static SortedMap<String, PatchFile> of(Map<String, SortedMap<String, Path>> rootTags) throws IOException {
        SortedMap<String, PatchFile> patches = new TreeMap<>();
        for (Map.Entry<String, SortedMap<String, Path>> tag : rootTags.entrySet()) {
            add(patches, tag.getKey(), tag.getValue());
        }
        return patches;
    }

    /** Returns the files of these root tags in a folder. */
    public static SortedMap<String, PatchFile> in(Path folder, Set<String> rootTags) throws IOException {
        SortedMap<String, PatchFile> patches = new TreeMap<>();
        for (String tag : rootTags) {
            add(patches, tag, FileTree.files(folder.resolve(tag)));
        }
        return patches;
    }

    private static void add(SortedMap<String, PatchFile> patches, String tag, SortedMap<String, Path> files)
            throws IOException {
        ObjectInserter.Formatter hash = new ObjectInserter.Formatter();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (Files.isRegularFile(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                String id = hash.idFor(Constants.OBJ_BLOB, Files.readAllBytes(file.getValue()))
                        .name();
                patches.put(tag + "/" + file.getKey(), new OnDisk(file.getValue(), id));
            }
        }
    }

    private record OnDisk(Path file, String id) implements PatchFile {

        @Override
        public String place() {
            return file.toString();
        }

        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
