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
 * If two of the same kind contradict each other, the property has both values: which of them counts depends on the order of the import.
 * So the order in which patches are added makes no difference.
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
        same.merge(instance.tag(), instance, GraphBuilder::both);
        return this;
    }

    /** Adds a relation. */
    public GraphBuilder add(Relation relation) {
        relations.computeIfAbsent(relation.from(), from -> new ArrayList<>(4)).add(relation);
        return this;
    }

    /** Adds the content of a graph. */
    public GraphBuilder add(Graph graph) {
        graph.instances().forEach(instance -> {
            Updated parts = graph.updated().get(instance.tag());
            if (parts == null) {
                add(instance);
            } else {
                add(parts.instance()).add(parts.update());
            }
        });
        graph.relations().forEach(this::add);
        return this;
    }

    /** Returns the graph. The builder cannot be used afterwards. */
    public Graph build() {
        Map<String, Instance> instances = expected;
        instances.putAll(created);
        Map<String, Updated> both = new HashMap<>();
        updated.forEach((tag, update) -> {
            Instance instance = instances.get(tag);
            if (instance == null) {
                instances.put(tag, update);
            } else {
                Updated parts = new Updated(instance, update);
                both.put(tag, parts);
                instances.put(tag, parts.result());
            }
        });
        relations.replaceAll((from, all) -> inOrder(all));
        return new Graph(instances, both, relations);
    }

    private static Instance both(Instance one, Instance other) {
        Instance first = one.root().compareTo(other.root()) <= 0 ? one : other;
        if (one.properties().equals(other.properties())) {
            return first;
        }
        Map<String, String> properties = new HashMap<>(one.properties());
        other.properties().forEach((property, value) -> properties.merge(property, value, JsonValue::both));
        return new Instance(one.tag(), first.root(), one.origin(), properties);
    }

    /** An instance, and an update that sets properties of it. */
    record Updated(Instance instance, Instance update) {

        Instance result() {
            Map<String, String> properties = new HashMap<>(instance.properties());
            properties.putAll(update.properties());
            return new Instance(instance.tag(), instance.root(), instance.origin(), properties);
        }
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
