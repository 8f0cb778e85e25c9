package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.Mentioned;
import io.github.olympe.maven.patches.compare.Structure;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the bricks that still use what was deleted: a relation leads to it, or a value refers to it. */
final class Users {

    private final Map<String, Set<String>> bricksByUsed;
    private final Structure after;
    private final Labels labels;

    private Users(Map<String, Set<String>> bricksByUsed, Structure after, Labels labels) {
        this.bricksByUsed = bricksByUsed;
        this.after = after;
        this.labels = labels;
    }

    static Users of(Set<String> deleted, Structure after, Labels labels) {
        Map<String, Set<String>> bricks = new HashMap<>();
        if (!deleted.isEmpty()) {
            after.graph()
                    .relations()
                    .filter(relation -> deleted.contains(relation.to()) && isUse(relation, after))
                    .forEach(relation -> add(relation.to(), after.brickOf(relation.from()), bricks));
            for (Instance instance : after.graph().instances()) {
                instance.properties().values().stream()
                        .flatMap(value -> Mentioned.references(value).stream())
                        .filter(deleted::contains)
                        .forEach(used -> add(used, after.brickOf(instance.tag()), bricks));
            }
        }
        return new Users(bricks, after, labels);
    }

    /**
     * Returns whether a relation is a use. A folder only lists its content, and a relation of something that is gone itself is a leftover.
     */
    private static boolean isUse(Relation relation, Structure after) {
        return after.graph().instance(relation.from()).isPresent() && !after.isFolder(relation.from());
    }

    private static void add(String used, String brick, Map<String, Set<String>> bricks) {
        bricks.computeIfAbsent(used, tag -> new TreeSet<>()).add(brick);
    }

    /**
     * Returns the bricks that use one of the given instances, in the order of their names.
     *
     * @param owner the brick that these belonged to, which is not counted
     */
    List<Brick> of(Stream<String> used, String owner) {
        return used.flatMap(tag -> bricksByUsed.getOrDefault(tag, Set.of()).stream())
                .distinct()
                .filter(brick -> !brick.equals(owner))
                .map(brick -> labels.brick(brick, after))
                .sorted(Comparator.comparing(Brick::name).thenComparing(Brick::tag))
                .toList();
    }
}
