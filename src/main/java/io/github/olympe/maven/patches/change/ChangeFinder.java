package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.compare.Edit;
import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.compare.Structure;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Groups the differences of two graphs by the bricks that they belong to. Every difference belongs to exactly one. */
final class ChangeFinder {

    private final ComparedGraphs graphs;
    private final Labels labels;
    private final Set<String> added = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();

    private ChangeFinder(ComparedGraphs graphs, Labels labels) {
        this.graphs = graphs;
        this.labels = labels;
        for (Edit edit : graphs.delta().edits()) {
            if (edit instanceof InstanceAdded one) {
                added.add(one.instance().tag());
            } else if (edit instanceof InstanceDeleted one) {
                deleted.add(one.instance().tag());
            }
        }
    }

    /** Returns the changes, in no particular order. */
    static List<Change> changes(ComparedGraphs graphs, Labels labels) {
        return new ChangeFinder(graphs, labels).changes();
    }

    private List<Change> changes() {
        Map<String, List<Edit>> byBrick = new TreeMap<>();
        graphs.delta()
                .edits()
                .forEach(edit -> byBrick.computeIfAbsent(brickOf(edit), brick -> new ArrayList<>())
                        .add(edit));
        Users users = Users.of(deleted, graphs.after(), labels);
        List<Change> changes = new ArrayList<>();
        byBrick.forEach(
                (brick, edits) -> changes.addAll(new BrickChanges(brick, edits, graphs, labels, users).changes()));
        return changes;
    }

    private String brickOf(Edit edit) {
        if (edit instanceof InstanceAdded one) {
            return brickOf(one.instance(), graphs.after(), graphs.before());
        }
        if (edit instanceof InstanceDeleted one) {
            return brickOf(one.instance(), graphs.before(), graphs.after());
        }
        if (edit instanceof PropertyChanged changed) {
            return graphs.after().brickOf(changed.tag());
        }
        if (edit instanceof RelationAdded one) {
            return brickOf(one.relation(), graphs.after(), added);
        }
        return brickOf(((RelationDeleted) edit).relation(), graphs.before(), deleted);
    }

    /** What only one state creates, and the other expects or updates, belongs to the brick that it is in where it is created. */
    private static String brickOf(Instance instance, Structure state, Structure other) {
        boolean isCreatedThere = instance.origin() != Origin.CREATED
                && other.graph()
                        .instance(instance.tag())
                        .filter(same -> same.origin() == Origin.CREATED)
                        .isPresent();
        return (isCreatedThere ? other : state).brickOf(instance.tag());
    }

    /**
     * A relation belongs to the brick that it starts in, unless that is a folder or project which does no more than list what is new, or
     * something that no patch describes.
     */
    private static String brickOf(Relation relation, Structure state, Set<String> touched) {
        boolean lists = touched.contains(relation.to())
                && !touched.contains(relation.from())
                && state.isFolder(relation.from());
        boolean startsOutside = state.graph().instance(relation.from()).isEmpty()
                && state.graph().instance(relation.to()).isPresent();
        boolean isOfTarget = lists || startsOutside || state.isPlacing(relation);
        return state.brickOf(isOfTarget ? relation.to() : relation.from());
    }
}
