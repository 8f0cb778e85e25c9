package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.compare.Edit;
import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.compare.Structure;
import io.github.olympe.maven.patches.compare.Words;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the differences within one brick in words: what was added to it, what was deleted from it, and what has another value. */
final class Details {

    private static final Comparator<Detail> ORDER = Comparator.comparing(Detail::importance)
            .thenComparing(Detail::type)
            .thenComparing(detail -> detail.part().shown())
            .thenComparing(detail -> String.valueOf(detail.property()))
            .thenComparing(detail -> detail.part().tag());

    private final String brick;
    private final List<Edit> edits;
    private final ComparedGraphs graphs;
    private final Structure state;
    private final Labels labels;
    private final Users users;
    private final Set<String> added;
    private final Set<String> deleted;
    private final List<Detail> details = new ArrayList<>();

    /**
     * @param brick the brick's tag
     * @param edits the differences in it
     * @param state the state in which the brick is there
     */
    Details(String brick, List<Edit> edits, ComparedGraphs graphs, Structure state, Labels labels, Users users) {
        this.brick = brick;
        this.edits = edits;
        this.graphs = graphs;
        this.state = state;
        this.labels = labels;
        this.users = users;
        this.added = edits.stream()
                .filter(InstanceAdded.class::isInstance)
                .map(edit -> ((InstanceAdded) edit).instance().tag())
                .collect(Collectors.toSet());
        this.deleted = edits.stream()
                .filter(InstanceDeleted.class::isInstance)
                .map(edit -> ((InstanceDeleted) edit).instance().tag())
                .collect(Collectors.toSet());
    }

    /** Returns the parts of a brick that is new, or gone, as a whole. */
    List<Detail> parts(String tag, ChangeType type) {
        Set<String> all = type == ChangeType.ADDED ? added : deleted;
        all.stream()
                .filter(part -> !part.equals(tag) && state.subjectOf(part).isEmpty())
                .filter(part -> state.ownerOf(part).filter(tag::equals).isPresent())
                .forEach(part -> details.add(part(type, part, state)));
        return inOrder();
    }

    /** Returns what the differences are. */
    List<Detail> of(List<Edit> differences) {
        Map<String, List<Edit>> relations = new TreeMap<>();
        for (Edit edit : differences) {
            if (edit instanceof InstanceAdded one) {
                instance(ChangeType.ADDED, one.instance(), graphs.after(), added);
            } else if (edit instanceof InstanceDeleted one) {
                instance(ChangeType.DELETED, one.instance(), graphs.before(), deleted);
            } else if (edit instanceof PropertyChanged changed) {
                property(changed.tag(), changed.property(), changed.before(), changed.after(), graphs.after());
            } else {
                Relation relation = relation(edit);
                if (!isPartOfInstance(edit)) {
                    relations
                            .computeIfAbsent(relation.from() + " " + relation.type(), key -> new ArrayList<>())
                            .add(edit);
                }
            }
        }
        relations.values().forEach(this::relations);
        return inOrder();
    }

    private List<Detail> inOrder() {
        return details.stream().sorted(ORDER).toList();
    }

    private static Relation relation(Edit edit) {
        return edit instanceof RelationAdded one ? one.relation() : ((RelationDeleted) edit).relation();
    }

    /** Returns whether a relation appeared or disappeared together with an instance that is already described. */
    private boolean isPartOfInstance(Edit edit) {
        Set<String> instances = edit instanceof RelationAdded ? added : deleted;
        Relation relation = relation(edit);
        return instances.contains(relation.from()) || instances.contains(relation.to());
    }

    private void instance(ChangeType type, Instance instance, Structure there, Set<String> alike) {
        Optional<String> subject = there.subjectOf(instance.tag());
        Optional<String> container = subject.or(() -> there.ownerOf(instance.tag()));
        if (container.filter(alike::contains).isPresent()) {
            return;
        }
        Map<String, String> told = new TreeMap<>(instance.properties());
        told.remove(KnownTags.VERSION);
        if (subject.isEmpty() || told.isEmpty()) {
            details.add(part(type, instance.tag(), there));
            return;
        }
        boolean isNew = type == ChangeType.ADDED;
        told.forEach((property, value) ->
                property(instance.tag(), property, isNew ? null : value, isNew ? value : null, there));
    }

    private Detail part(ChangeType type, String tag, Structure there) {
        boolean isInterface = isInterface(tag, there);
        List<Brick> usedBy = type == ChangeType.DELETED ? users.of(Stream.of(tag), brick) : List.of();
        Importance importance = type == ChangeType.ADDED
                ? isInterface ? Importance.NEW : Importance.CONTENT
                : !usedBy.isEmpty() ? Importance.BREAKING : isInterface ? Importance.INTERFACE : Importance.CONTENT;
        return new Detail(type, partOf(tag, there), null, null, null, usedBy, aside(tag, there, importance));
    }

    /** Returns whether a part belongs to the brick's interface. */
    private static boolean isInterface(String tag, Structure there) {
        return there.graph().model(tag).filter(Words::isInterface).isPresent();
    }

    private Importance aside(String tag, Structure there, Importance otherwise) {
        Optional<String> model = there.graph().model(tag);
        if (model.filter(Words.POSITION::equals).isPresent()) {
            return Importance.LAYOUT;
        }
        return model.filter(Words::isAside).isPresent() ? Importance.DOCUMENTATION : otherwise;
    }

    private void property(
            String tag, String property, @Nullable String before, @Nullable String after, Structure there) {
        String subject = subject(tag, there);
        Part part = partOf(subject, there);
        Value from = before == null ? null : labels.value(before, after);
        Value to = after == null ? null : labels.value(after, before);
        boolean isInterface = isInterface(subject, there);
        if (property.equals(KnownTags.NAME) && from != null && to != null && !part.isWhole()) {
            Part old = labels.part(subject, graphs.before());
            Importance importance = isInterface ? Importance.INTERFACE : Importance.CONTENT;
            details.add(new Detail(
                    ChangeType.RENAMED, old, Words.NAME, from, to, List.of(), aside(tag, there, importance)));
            return;
        }
        Importance importance =
                property.equals(KnownTags.VERSION) ? Importance.LAYOUT : aside(tag, there, Importance.CONTENT);
        details.add(new Detail(ChangeType.CHANGED, part, labels.property(property), from, to, List.of(), importance));
    }

    /** Handles the relations of one type that start at one instance. A relation with a new target is one change, not two. */
    private void relations(List<Edit> same) {
        Relation any = relation(same.get(0));
        List<String> before = targets(same, RelationDeleted.class);
        List<String> after = targets(same, RelationAdded.class);
        String subject = subject(any.from(), state);
        Part part = partOf(subject, state);
        String word = labels.relation(any.type());
        Importance importance = aside(
                any.from(),
                state,
                isInterface(subject, state) || Words.isInterfaceRelation(any.type())
                        ? Importance.INTERFACE
                        : Importance.CONTENT);
        if (before.size() == 1 && after.size() == 1) {
            details.add(new Detail(
                    ChangeType.CHANGED,
                    part,
                    word,
                    labels.target(before.get(0), graphs.before()),
                    labels.target(after.get(0), graphs.after()),
                    List.of(),
                    importance));
            return;
        }
        before.forEach(target -> details.add(new Detail(
                ChangeType.DELETED, part, word, labels.target(target, graphs.before()), null, List.of(), importance)));
        after.forEach(target -> details.add(new Detail(
                ChangeType.ADDED, part, word, null, labels.target(target, graphs.after()), List.of(), importance)));
    }

    private static List<String> targets(List<Edit> edits, Class<? extends Edit> kind) {
        return edits.stream()
                .filter(kind::isInstance)
                .map(edit -> relation(edit).to())
                .toList();
    }

    private String subject(String tag, Structure there) {
        return there.subjectOf(tag).orElse(tag);
    }

    private Part partOf(String tag, Structure there) {
        return tag.equals(brick) ? Part.whole(brick) : labels.part(tag, there);
    }
}
