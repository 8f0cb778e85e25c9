package io.github.olympe.maven.image.dockerfile.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The differences between the files of a stage and those of its base image. */
public final class Changes {

    private final List<Change> changed = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    private Changes() {}

    /**
     * A path that is new or other than in the base image.
     *
     * @param path the path in the image, without a slash in front
     */
    public record Change(String path, Node node) {}

    /**
     * Compares.
     *
     * @param base the root folder of the base image, as it was
     */
    public static Changes of(StageFiles files, FolderSource base) {
        Changes changes = new Changes();
        changes.compare(files.root(), base, "");
        return changes;
    }

    /** New and changed paths, a folder before what is in it, in the order of the names. */
    public List<Change> changed() {
        return changed;
    }

    /** Paths of the base image that are removed, without a slash in front, and without those that are in a removed folder. */
    public List<String> removed() {
        return removed;
    }

    private void compare(Node folder, FolderSource base, String prefix) {
        boolean sourceIsBase = folder.source() != FolderSource.NOTHING;
        if (!sourceIsBase) {
            // Nothing of what the base image has in this folder is there any more, unless something of that name was
            // put back.
            for (String name : base.names()) {
                if (folder.knownChild(name) == null) {
                    removed.add(prefix + name);
                }
            }
        }
        for (Map.Entry<String, Node> entry : folder.known().entrySet()) {
            String path = prefix + entry.getKey();
            Node node = entry.getValue();
            if (node.isRemoved()) {
                if (sourceIsBase && base.child(entry.getKey()) != null) {
                    removed.add(path);
                }
                continue;
            }
            if (node.isChanged()) {
                changed.add(new Change(path, node));
            }
            if (node.isFolder()) {
                compare(node, base.folder(entry.getKey()), path + "/");
            }
        }
    }
}
