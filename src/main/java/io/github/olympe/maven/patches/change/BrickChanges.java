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
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.graph.KnownTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The changes of one brick, made of all differences that belong to it. */
final class BrickChanges {

    private final String brick;
    private final ComparedGraphs graphs;
    private final Labels labels;
    private final Users users;
    private final List<Edit> open;

    /**
     * @param brick the brick's tag
     * @param edits all differences that belong to it
     */
    BrickChanges(String brick, List<Edit> edits, ComparedGraphs graphs, Labels labels, Users users) {
        this.brick = brick;
        this.open = new ArrayList<>(edits);
        this.graphs = graphs;
        this.labels = labels;
        this.users = users;
    }

    List<Change> changes() {
        boolean was = isCreated(graphs.before());
        boolean is = isCreated(graphs.after());
        if (!was && is && isTouched()) {
            List<Detail> parts = details(graphs.after()).parts(brick, ChangeType.ADDED);
            return List.of(new Change(ChangeType.ADDED, labels.brick(brick, graphs.after()), parts, List.of(), open));
        }
        if (was && !is && isTouched()) {
            return List.of(deleted());
        }
        List<Change> changes = new ArrayList<>();
        moved().ifPresent(changes::add);
        renamed().ifPresent(changes::add);
        if (!changes.isEmpty() && open.stream().allMatch(BrickChanges::isVersion)) {
            changes.add(changes.remove(0).with(take(BrickChanges::isVersion)));
        }
        if (!open.isEmpty()) {
            Details details = details(is || !was ? graphs.after() : graphs.before());
            changes.add(new Change(ChangeType.CHANGED, shown(), details.of(open), List.of(), open));
        }
        return changes;
    }

    private static boolean isVersion(Edit edit) {
        return edit instanceof PropertyChanged changed && changed.property().equals(KnownTags.VERSION);
    }

    private boolean isCreated(Structure state) {
        return state.graph()
                .instance(brick)
                .filter(instance -> instance.origin() == Origin.CREATED)
                .isPresent();
    }

    /** Whether the brick's own instance is among the differences. */
    private boolean isTouched() {
        return open.stream()
                .anyMatch(edit -> edit instanceof InstanceAdded added
                                && added.instance().tag().equals(brick)
                        || edit instanceof InstanceDeleted deleted
                                && deleted.instance().tag().equals(brick));
    }

    private Change deleted() {
        List<String> gone = open.stream()
                .filter(InstanceDeleted.class::isInstance)
                .map(edit -> ((InstanceDeleted) edit).instance().tag())
                .toList();
        return new Change(
                ChangeType.DELETED,
                labels.brick(brick, graphs.before()),
                details(graphs.before()).parts(brick, ChangeType.DELETED),
                users.of(gone.stream(), brick),
                open);
    }

    private Optional<Change> moved() {
        Set<String> from = graphs.before().foldersOf(brick);
        Set<String> to = graphs.after().foldersOf(brick);
        List<Edit> edits = take(this::isPlacing);
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        if (from.equals(to)) {
            open.addAll(edits);
            return Optional.empty();
        }
        Detail detail = new Detail(
                ChangeType.MOVED,
                Part.whole(brick),
                "folder",
                folders(from, graphs.before()),
                folders(to, graphs.after()),
                List.of(),
                Importance.INTERFACE);
        return Optional.of(new Change(ChangeType.MOVED, shown(), List.of(detail), List.of(), edits));
    }

    private boolean isPlacing(Edit edit) {
        return edit instanceof RelationAdded added
                        && added.relation().to().equals(brick)
                        && graphs.after().isPlacing(added.relation())
                || edit instanceof RelationDeleted deleted
                        && deleted.relation().to().equals(brick)
                        && graphs.before().isPlacing(deleted.relation());
    }

    private Value folders(Set<String> folders, Structure state) {
        String names = folders.stream()
                .map(folder -> labels.folderItself(folder, state))
                .sorted()
                .collect(Collectors.joining(", "));
        return folders.isEmpty() ? new Value("\"\"", "no folder") : Value.ofText(names);
    }

    private Optional<Change> renamed() {
        Optional<String> from = name(graphs.before());
        Optional<String> to = name(graphs.after());
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return Optional.empty();
        }
        String before = before(KnownTags.NAME);
        String after = after(KnownTags.NAME);
        List<Edit> edits = take(edit -> edit instanceof PropertyChanged changed
                && changed.tag().equals(brick)
                && Labels.isName(changed.property())
                && before.equals(changed.before())
                && after.equals(changed.after()));
        Detail detail = new Detail(
                ChangeType.RENAMED,
                Part.whole(brick),
                Words.NAME,
                Value.ofText(from.get()),
                Value.ofText(to.get()),
                List.of(),
                Importance.INTERFACE);
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(ChangeType.RENAMED, shown(), List.of(detail), List.of(), edits));
    }

    private Optional<String> name(Structure state) {
        return state.graph().instance(brick).flatMap(Instance::name);
    }

    private String before(String property) {
        return graphs.before()
                .graph()
                .instance(brick)
                .orElseThrow()
                .properties()
                .getOrDefault(property, "");
    }

    private String after(String property) {
        return graphs.after().graph().instance(brick).orElseThrow().properties().getOrDefault(property, "");
    }

    private List<Edit> take(Predicate<Edit> which) {
        List<Edit> taken = open.stream().filter(which).toList();
        open.removeIf(which);
        return taken;
    }

    private Brick shown() {
        boolean gone = graphs.after().graph().instance(brick).isEmpty()
                && graphs.before().graph().instance(brick).isPresent();
        return labels.brick(brick, gone ? graphs.before() : graphs.after());
    }

    private Details details(Structure state) {
        return new Details(brick, open, graphs, state, labels, users);
    }
}
