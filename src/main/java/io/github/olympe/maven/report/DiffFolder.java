package io.github.olympe.maven.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder in Draw with its changes, as the page shows them.
 *
 * @param count the number of changes in it and in the folders below
 */
record DiffFolder(String name, int count, List<DiffFolder> folders, List<ChangeView> changes) {

    /** The most changes that are listed. The rest is only counted, so that the page stays below a megabyte. */
    static final int MOST = 1_500;

    /** What lies deeper is shown as one folder with the rest of the path, since browsers and the template engine stop somewhere. */
    private static final int DEEPEST = 40;

    /** One change. */
    record ChangeView(String change, String kind, String name, List<String> details) {}

    /** Returns the folders at the top of a tree of changes. */
    static List<DiffFolder> tree(List<Report.Change> changes) {
        Node root = new Node();
        for (Report.Change change : changes.subList(0, Math.min(changes.size(), MOST))) {
            root.at(change.folder() == null ? "" : change.folder()).changes.add(change);
        }
        DiffFolder top = root.folder("");
        List<DiffFolder> folders = new ArrayList<>(top.folders());
        if (!top.changes().isEmpty()) {
            folders.add(new DiffFolder("(no folder)", top.changes().size(), List.of(), top.changes()));
        }
        if (changes.size() > MOST) {
            int more = changes.size() - MOST;
            folders.add(new DiffFolder(more + " more changes, listed in diff/diff.md", more, List.of(), List.of()));
        }
        return folders;
    }

    private static final class Node {

        private final Map<String, Node> folders = new TreeMap<>();
        private final List<Report.Change> changes = new ArrayList<>();

        Node at(String path) {
            Node node = this;
            for (String name : path.split("/", DEEPEST)) {
                if (!name.isEmpty()) {
                    node = node.folders.computeIfAbsent(name, absent -> new Node());
                }
            }
            return node;
        }

        DiffFolder folder(String name) {
            List<DiffFolder> below = new ArrayList<>();
            folders.forEach((child, node) -> below.add(node.folder(child)));
            return new DiffFolder(
                    name,
                    changes.size() + below.stream().mapToInt(DiffFolder::count).sum(),
                    below,
                    changes.stream()
                            .map(change ->
                                    new ChangeView(change.change(), change.kind(), change.name(), change.details()))
                            .toList());
        }
    }
}
