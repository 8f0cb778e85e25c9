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
     * A path that is new, or differs from the base image.
     *
     * @param path the path in the image, without a leading slash
     */
    public record Change(String path, Node node) {}

    /**
     * Compares the files of a stage with those of its base image.
     *
     * @param base the root folder of the unchanged base image
     */
    public static Changes of(StageFiles files, FolderSource base) {
        Changes changes = new Changes();
        changes.compare(files.root(), base, "");
        return changes;
    }

    /** Returns new and changed paths, sorted by name, each folder before its content. */
    public List<Change> changed() {
        return changed;
    }

    /** Returns the removed paths of the base image, without a leading slash. The content of a removed folder is not listed. */
    public List<String> removed() {
        return removed;
    }

    private void compare(Node folder, FolderSource base, String prefix) {
        boolean sourceIsBase = folder.source() != FolderSource.NOTHING;
        if (!sourceIsBase) {
            // The folder was replaced: nothing of the base image's folder is left, unless something of the same name
            // was put back.
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
