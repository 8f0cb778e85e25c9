package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags that one needs to know to tell a difference in words: of what it mentions, of its model, its brick, and the folders above. */
public final class Mentioned {

    private static final Pattern REFERENCE = Pattern.compile("\"t\":\"([0-9a-zA-Z]+)\"");
    private static final Pattern DEFAULT = Pattern.compile("fd\\?*([0-9a-zA-Z]{20})");

    private final ComparedGraphs graphs;
    private final Set<String> tags = new HashSet<>();

    private Mentioned(ComparedGraphs graphs) {
        this.graphs = graphs;
    }

    /** Returns those of the tags that neither the graphs nor {@link Words} explain. */
    public static Set<String> unexplained(ComparedGraphs graphs) {
        Mentioned mentioned = new Mentioned(graphs);
        graphs.delta().edits().forEach(mentioned::add);
        mentioned.tags.removeIf(tag -> Words.know(tag)
                || graphs.before().graph().instance(tag).isPresent()
                || graphs.after().graph().instance(tag).isPresent());
        return mentioned.tags;
    }

    /** Returns the property that {@code property} gives the default of, else itself. */
    public static String withoutPrefix(String property) {
        Matcher matcher = DEFAULT.matcher(property);
        return matcher.matches() ? matcher.group(1) : property;
    }

    /** Returns whether {@code property} is the default of another property. */
    public static boolean isDefault(String property) {
        return DEFAULT.matcher(property).matches();
    }

    private void add(Edit edit) {
        if (edit instanceof InstanceAdded added) {
            place(added.instance().tag());
        } else if (edit instanceof InstanceDeleted deleted) {
            place(deleted.instance().tag());
        } else if (edit instanceof PropertyChanged changed) {
            place(changed.tag());
            tags.add(withoutPrefix(changed.property()));
            references(changed.before()).forEach(tags::add);
            references(changed.after()).forEach(tags::add);
        } else if (edit instanceof RelationAdded added) {
            relation(added.relation());
        } else if (edit instanceof RelationDeleted deleted) {
            relation(deleted.relation());
        }
    }

    private void relation(Relation relation) {
        tags.add(relation.type());
        place(relation.from());
        place(relation.to());
    }

    private void place(String tag) {
        if (!tags.add(tag)) {
            return;
        }
        for (Structure structure : List.of(graphs.before(), graphs.after())) {
            structure.graph().model(tag).ifPresent(tags::add);
            String brick = structure.brickOf(tag);
            structure.graph().model(brick).ifPresent(tags::add);
            tags.add(brick);
            tags.addAll(structure.pathOf(brick));
            if (structure.graph().model(tag).filter(Words.CONNECTION::equals).isPresent()) {
                structure.graph().relations(tag).forEach(relation -> tags.add(relation.to()));
            }
        }
    }

    /** Returns the tags that a value refers to. */
    public static List<String> references(@Nullable String value) {
        return value == null || !value.contains("\"t\":")
                ? List.of()
                : REFERENCE
                        .matcher(value)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
    }
}
