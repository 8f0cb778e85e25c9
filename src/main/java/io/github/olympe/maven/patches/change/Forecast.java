package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.text.Counted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an environment imports when code as data is deployed over what it runs.
 *
 * <p>A job of the environment copies the patches with {@code rsync -aci --delete --exclude change_log.txt}, and notes the files that it
 * created or whose content changed. {@code olympe update} imports those of them that are patches, archives ({@code .zip}) and binary files
 * (named by a tag). Deleted files are not imported.
 *
 * @param added the bricks that the environment does not have yet
 * @param changed the bricks that it has and imports again
 * @param deleted the bricks that it has and that are no longer in the files; the import leaves them in its database
 * @param imported the files that are imported
 * @param gone the files that are deleted, of those that could be imported
 * @param unchanged how many files are unchanged, of those that could be imported
 * @param shared how many layers both images have, whose files are unchanged and not counted
 */
public record Forecast(
        List<Brick> added,
        List<Brick> changed,
        List<Brick> deleted,
        List<String> imported,
        List<String> gone,
        int unchanged,
        int shared) {

    private static final String CHANGE_LOG = "/change_log.txt/";
    private static final List<String> IMPORTED = List.of("newInst.json", "newRel.json", "updateInst.json", ".zip");
    private static final Pattern BINARY_FILE = Pattern.compile(".*/[0-9a-fA-F]{20}", Pattern.DOTALL);

    public Forecast {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
        imported = List.copyOf(imported);
        gone = List.copyOf(gone);
    }

    /** Compares the files, and names the bricks that they belong to. */
    static Forecast of(CodeAsData before, CodeAsData after, ComparedGraphs graphs, Labels labels) {
        Files files = Files.of(before, after);
        SortedMap<String, Brick> added = new TreeMap<>();
        SortedMap<String, Brick> changed = new TreeMap<>();
        for (String path : files.imported) {
            String root = graphs.rootsAfter().get(path);
            if (root != null) {
                boolean isKnown = graphs.rootsBefore().contains(root);
                (isKnown ? changed : added).put(root, labels.brick(root, graphs.after()));
            }
        }
        Set<String> remaining = new HashSet<>(graphs.rootsAfter().values());
        List<Brick> deleted = graphs.rootsBefore().stream()
                .filter(root -> !remaining.contains(root))
                .map(root -> labels.brick(root, graphs.before()))
                .toList();
        return new Forecast(
                inOrder(added.values()),
                inOrder(changed.values()),
                inOrder(deleted),
                files.imported,
                files.gone,
                files.unchanged,
                0);
    }

    /** Returns the forecast for two images with this many layers in common. */
    public Forecast withShared(int layers) {
        return new Forecast(added, changed, deleted, imported, gone, unchanged, layers);
    }

    private static List<Brick> inOrder(Collection<Brick> bricks) {
        return bricks.stream()
                .sorted(Comparator.comparing(Brick::folder)
                        .thenComparing(Brick::name)
                        .thenComparing(Brick::tag))
                .toList();
    }

    /** Returns it in one sentence. */
    public String sentence() {
        if (isEmpty()) {
            return "The environment imports nothing" + (deleted.isEmpty() ? "" : "; " + left()) + ".";
        }
        return "The environment imports " + Counted.of(imported.size(), "file") + " ("
                + Counted.of(added.size(), "new brick")
                + ", " + Counted.of(changed.size(), "changed brick") + "); " + same()
                + (deleted.isEmpty() ? "" : "; " + left()) + ".";
    }

    /** Returns the forecast in lines: the sentence, and the names of the bricks. Long lists are cut. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(sentence()));
        line("New", added, lines);
        line("Changed", changed, lines);
        line("Deleted from the files and left in the database", deleted, lines);
        return lines;
    }

    private static void line(String what, List<Brick> bricks, List<String> lines) {
        if (!bricks.isEmpty()) {
            lines.add("  " + what + ": " + Brick.names(bricks));
        }
    }

    private String same() {
        return Counted.of(unchanged, "file") + (shared == 0 ? "" : " and " + Counted.of(shared, "layer"))
                + " unchanged";
    }

    private String left() {
        return Counted.of(deleted.size(), "deleted brick") + (deleted.size() == 1 ? " stays" : " stay")
                + " in its database";
    }

    /** Returns whether nothing is imported. */
    public boolean isEmpty() {
        return imported.isEmpty();
    }

    /** Returns whether a file with this path is imported if it or its content is new. */
    static boolean isImportable(String path) {
        boolean isImported = IMPORTED.stream().anyMatch(path::endsWith)
                || BINARY_FILE.matcher(path).matches();
        return isImported && !("/" + path + "/").contains(CHANGE_LOG);
    }

    /** The files of two states that can be imported. */
    private record Files(List<String> imported, List<String> gone, int unchanged) {

        static Files of(CodeAsData before, CodeAsData after) {
            Map<String, Content> old = before.tree().files();
            Map<String, Content> fresh = after.tree().files();
            List<String> imported = new ArrayList<>();
            int[] unchanged = {0};
            fresh.forEach((path, content) -> {
                if (isImportable(path)) {
                    Content same = old.get(path);
                    if (same == null || !same.id().equals(content.id())) {
                        imported.add(path);
                    } else {
                        unchanged[0]++;
                    }
                }
            });
            List<String> gone = old.keySet().stream()
                    .filter(path -> isImportable(path) && !fresh.containsKey(path))
                    .toList();
            return new Files(imported, gone, unchanged[0]);
        }
    }
}
