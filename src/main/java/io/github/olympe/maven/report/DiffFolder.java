package io.github.olympe.maven.report;

import io.github.olympe.maven.text.Counted;
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

    /** The most letters in what is listed. */
    private static final int LONGEST = 300_000;

    /** What lies deeper is shown as one folder with the rest of the path, since browsers and the template engine stop somewhere. */
    private static final int DEEPEST = 40;

    /** One change. */
    record ChangeView(String change, String kind, String name, List<String> details) {}

    /** Returns the folders at the top of a tree of changes. */
    static List<DiffFolder> tree(List<Report.Change> changes) {
        Node root = new Node();
        int shown = shown(changes);
        for (Report.Change change : changes.subList(0, shown)) {
            root.at(change.folder() == null ? "" : change.folder()).changes.add(change);
        }
        DiffFolder top = root.folder("");
        List<DiffFolder> folders = new ArrayList<>(top.folders());
        if (!top.changes().isEmpty()) {
            folders.add(new DiffFolder("(no folder)", top.changes().size(), List.of(), top.changes()));
        }
        int more = changes.size() - shown;
        if (more > 0) {
            folders.add(new DiffFolder(
                    Counted.of(more, "more change") + ", listed in diff/diff.md", more, List.of(), List.of()));
        }
        return folders;
    }

    /** Returns how many changes are listed. */
    private static int shown(List<Report.Change> changes) {
        long length = 0;
        for (int i = 0; i < Math.min(changes.size(), MOST); i++) {
            Report.Change change = changes.get(i);
            length += change.name().length()
                    + change.details().stream().mapToInt(String::length).sum();
            if (length > LONGEST) {
                return i;
            }
        }
        return Math.min(changes.size(), MOST);
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
