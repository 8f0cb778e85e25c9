package io.github.olympe.maven.patches.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Gathers the operations of patches into a graph.
 *
 * <p>If several patches describe the same instance, one that creates it wins over one that merely expects it, and an update wins over both.
 * Of two of the same kind, the later one wins for the properties that both set.
 */
public final class GraphBuilder {

    private final Map<String, Instance> created = new HashMap<>();
    private final Map<String, Instance> expected = new HashMap<>();
    private final Map<String, Instance> updated = new HashMap<>();
    private final Map<String, List<Relation>> relations = new HashMap<>();

    /** Adds what a patch says about an instance. */
    public GraphBuilder add(Instance instance) {
        Map<String, Instance> same = switch (instance.origin()) {
            case CREATED -> created;
            case EXPECTED -> expected;
            case UPDATED -> updated;
        };
        same.merge(instance.tag(), instance, GraphBuilder::merged);
        return this;
    }

    /** Adds a relation. */
    public GraphBuilder add(Relation relation) {
        relations.computeIfAbsent(relation.from(), from -> new ArrayList<>(4)).add(relation);
        return this;
    }

    /** Adds the content of a graph. */
    public GraphBuilder add(Graph graph) {
        graph.instances().forEach(this::add);
        graph.relations().forEach(this::add);
        return this;
    }

    /** Returns the graph. The builder cannot be used afterwards. */
    public Graph build() {
        Map<String, Instance> instances = expected;
        instances.putAll(created);
        updated.forEach((tag, update) -> instances.merge(tag, update, GraphBuilder::merged));
        relations.replaceAll((from, all) -> inOrder(all));
        return new Graph(instances, relations);
    }

    private static Instance merged(Instance first, Instance later) {
        if (first.properties().equals(later.properties())) {
            return first;
        }
        Map<String, String> properties = new HashMap<>(first.properties());
        properties.putAll(later.properties());
        return new Instance(first.tag(), first.root(), first.origin(), properties);
    }

    private static List<Relation> inOrder(List<Relation> all) {
        if (all.size() == 1) {
            return List.copyOf(all);
        }
        Collections.sort(all);
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).equals(all.get(i - 1))) {
                return List.copyOf(new TreeSet<>(all));
            }
        }
        return List.copyOf(all);
    }
}
