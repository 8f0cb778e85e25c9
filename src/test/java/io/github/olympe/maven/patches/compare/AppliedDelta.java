package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the differences of two graphs make of the first one. */
public final class AppliedDelta {

    private AppliedDelta() {}

    /** Applies the edits to {@code before} and returns the resulting graph. */
    public static Graph of(GraphDelta delta, Graph before) {
        Map<String, Instance> instances = new HashMap<>();
        before.instances().forEach(instance -> instances.put(instance.tag(), instance));
        Set<Relation> relations = new HashSet<>(before.relations().toList());
        for (Edit edit : delta.edits()) {
            if (edit instanceof InstanceDeleted deleted) {
                instances.remove(deleted.instance().tag());
            } else if (edit instanceof InstanceAdded added) {
                instances.put(added.instance().tag(), added.instance());
            } else if (edit instanceof PropertyChanged changed) {
                instances.computeIfPresent(changed.tag(), (tag, instance) -> with(instance, changed));
            } else if (edit instanceof RelationDeleted deleted) {
                relations.remove(deleted.relation());
            } else if (edit instanceof RelationAdded added) {
                relations.add(added.relation());
            }
        }
        GraphBuilder after = new GraphBuilder();
        instances.values().forEach(after::add);
        relations.forEach(after::add);
        return after.build();
    }

    private static Instance with(Instance instance, PropertyChanged changed) {
        Map<String, String> properties = new HashMap<>(instance.properties());
        if (changed.after() == null) {
            properties.remove(changed.property());
        } else {
            properties.put(changed.property(), changed.after());
        }
        return new Instance(instance.tag(), instance.root(), instance.origin(), properties);
    }
}
