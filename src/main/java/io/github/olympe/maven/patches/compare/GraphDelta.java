package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All differences between two graphs.
 *
 * @param edits the differences: instances and their properties first, then relations, each in the order of their tags
 */
public record GraphDelta(List<Edit> edits) {

    public GraphDelta {
        edits = List.copyOf(edits);
    }

    /** Compares two graphs. */
    public static GraphDelta between(Graph before, Graph after) {
        List<Edit> edits = new ArrayList<>();
        instances(before, after, edits);
        relations(before, after, edits);
        return new GraphDelta(edits);
    }

    private static void instances(Graph before, Graph after, List<Edit> edits) {
        Set<String> different = new TreeSet<>();
        before.instances().stream()
                .filter(old -> after.instance(old.tag()).filter(old::isSameAs).isEmpty())
                .forEach(old -> different.add(old.tag()));
        after.instances().stream()
                .filter(fresh -> before.instance(fresh.tag()).isEmpty())
                .forEach(fresh -> different.add(fresh.tag()));
        for (String tag : different) {
            Instance old = before.instance(tag).orElse(null);
            Instance fresh = after.instance(tag).orElse(null);
            if (old != null && fresh != null && old.origin() == fresh.origin()) {
                properties(old, fresh, edits);
                continue;
            }
            if (old != null) {
                edits.add(new InstanceDeleted(old));
            }
            if (fresh != null) {
                edits.add(new InstanceAdded(fresh));
            }
        }
    }

    private static void properties(Instance before, Instance after, List<Edit> edits) {
        Set<String> properties = new TreeSet<>(before.properties().keySet());
        properties.addAll(after.properties().keySet());
        for (String property : properties) {
            String old = before.properties().get(property);
            String fresh = after.properties().get(property);
            if (old == null || !old.equals(fresh)) {
                edits.add(new PropertyChanged(after.tag(), property, old, fresh));
            }
        }
    }

    private static void relations(Graph before, Graph after, List<Edit> edits) {
        Set<String> origins = new TreeSet<>();
        before.origins().stream()
                .filter(from -> !before.relations(from).equals(after.relations(from)))
                .forEach(origins::add);
        after.origins().stream()
                .filter(from -> before.relations(from).isEmpty())
                .forEach(origins::add);
        for (String from : origins) {
            Set<Relation> old = new HashSet<>(before.relations(from));
            Set<Relation> fresh = new HashSet<>(after.relations(from));
            before.relations(from).stream()
                    .filter(relation -> !fresh.contains(relation))
                    .forEach(relation -> edits.add(new RelationDeleted(relation)));
            after.relations(from).stream()
                    .filter(relation -> !old.contains(relation))
                    .forEach(relation -> edits.add(new RelationAdded(relation)));
        }
    }
}
