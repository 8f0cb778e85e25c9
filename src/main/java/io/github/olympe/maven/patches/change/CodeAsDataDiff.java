package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.compare.Mentioned;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.text.Counted;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What changed between two states of code as data, brick by brick.
 *
 * @param changes the changes by folders, the folder with the most important change first, and in each the most important first
 * @param forecast what an environment imports when the state after is deployed over the state before
 */
public record CodeAsDataDiff(List<Change> changes, Forecast forecast) {

    /** Provides names that the compared states do not have. */
    @FunctionalInterface
    public interface Names {
        /** Returns the names of as many of the tags as it knows. */
        Map<String, String> of(Set<String> tags);
    }

    public CodeAsDataDiff {
        changes = List.copyOf(changes);
    }

    /**
     * Compares two states. Only the patches that differ are read, and those that are needed for the names of what they mention.
     *
     * @param names provides names that neither state has
     */
    public static CodeAsDataDiff between(CodeAsData before, CodeAsData after, Names names) {
        ComparedGraphs graphs = ComparedGraphs.read(before, after);
        Set<String> unexplained = Mentioned.unexplained(graphs);
        Labels labels = new Labels(graphs, unexplained.isEmpty() ? Map.of() : names.of(unexplained));
        return new CodeAsDataDiff(
                inOrder(ChangeFinder.changes(graphs, labels)), Forecast.of(before, after, graphs, labels));
    }

    private static List<Change> inOrder(List<Change> changes) {
        Map<String, Importance> folders = new HashMap<>();
        changes.forEach(change -> folders.merge(
                change.brick().folder(), change.importance(), (one, other) -> one.compareTo(other) < 0 ? one : other));
        Function<Change, String> folder = change -> change.brick().folder();
        return changes.stream()
                .sorted(Comparator.comparing(
                                (Change change) -> folders.get(change.brick().folder()))
                        .thenComparing(folder)
                        .thenComparing(Change::importance)
                        .thenComparing(Change::type)
                        .thenComparing(change -> change.brick().name())
                        .thenComparing(change -> change.brick().tag()))
                .toList();
    }

    /** Returns the changes by the folders of their bricks, in order. */
    public Map<String, List<Change>> byFolder() {
        return changes.stream()
                .collect(Collectors.groupingBy(
                        change -> change.brick().folder(), java.util.LinkedHashMap::new, Collectors.toList()));
    }

    /** Returns a summary on one line, such as {@code 3 changes in 2 folders: 1 added, 2 changed}. */
    public String summary() {
        if (changes.isEmpty()) {
            return "No changes";
        }
        Map<ChangeType, Long> counts = changes.stream()
                .collect(Collectors.groupingBy(Change::type, java.util.TreeMap::new, Collectors.counting()));
        int folders = byFolder().size();
        return Counted.of(changes.size(), "change") + " in " + Counted.of(folders, "folder") + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().word())
                        .collect(Collectors.joining(", "));
    }
}
