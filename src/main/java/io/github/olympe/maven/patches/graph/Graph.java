package io.github.olympe.maven.patches.graph;

import io.github.olympe.maven.patches.graph.GraphBuilder.Updated;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The combined content of patches: instances, their properties, and the relations between them. The files and their order make no
 * difference.
 */
public final class Graph {

    private final Map<String, Instance> instances;
    private final Map<String, Updated> updated;
    private final Map<String, List<Relation>> relations;

    /**
     * @param instances by their tags
     * @param updated of the instances that patches also update, the parts
     * @param relations by the instance that they start at, each list in order and without duplicates
     */
    Graph(Map<String, Instance> instances, Map<String, Updated> updated, Map<String, List<Relation>> relations) {
        this.instances = instances;
        this.updated = updated;
        this.relations = relations;
    }

    /** Returns the instance with a tag; absent if patches mention it only in relations. */
    public Optional<Instance> instance(String tag) {
        return Optional.ofNullable(instances.get(tag));
    }

    /** Returns all instances, in no particular order. */
    public Collection<Instance> instances() {
        return instances.values();
    }

    Map<String, Updated> updated() {
        return updated;
    }

    /** Returns the tags at which relations start, in no particular order. */
    public Set<String> origins() {
        return relations.keySet();
    }

    /** Returns the relations that start at an instance, in order. */
    public List<Relation> relations(String from) {
        return relations.getOrDefault(from, List.of());
    }

    /** Returns all relations, in no particular order. */
    public Stream<Relation> relations() {
        return relations.values().stream().flatMap(List::stream);
    }

    /** Returns the targets of an instance's relations of one type, in order. */
    public Stream<String> targets(String from, String type) {
        return relations(from).stream()
                .filter(relation -> relation.type().equals(type))
                .map(Relation::to);
    }

    /** Returns the model of an instance. */
    public Optional<String> model(String tag) {
        return targets(tag, KnownTags.MODEL).findFirst();
    }

    /** Returns the relations of the given types by the instances that they lead to. */
    public Map<String, List<Relation>> incoming(Set<String> types) {
        Map<String, List<Relation>> incoming = new HashMap<>();
        relations()
                .filter(relation -> types.contains(relation.type()))
                .sorted()
                .forEach(relation -> incoming.merge(relation.to(), List.of(relation), Graph::joined));
        return incoming;
    }

    private static List<Relation> joined(List<Relation> some, List<Relation> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Two graphs are equal if they have the same relations, and instances that are {@linkplain Instance#isSameAs the same}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Graph graph
                && relations.equals(graph.relations)
                && instances.size() == graph.instances.size()
                && instances.values().stream()
                        .allMatch(instance -> graph.instance(instance.tag())
                                .filter(instance::isSameAs)
                                .isPresent());
    }

    @Override
    public int hashCode() {
        return relations.hashCode();
    }
}
