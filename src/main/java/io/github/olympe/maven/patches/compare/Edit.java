package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Relation;
import org.jspecify.annotations.Nullable;

/** One difference between two graphs. */
public sealed interface Edit {

    /** An instance is new. */
    record InstanceAdded(Instance instance) implements Edit {}

    /** An instance is gone. */
    record InstanceDeleted(Instance instance) implements Edit {}

    /**
     * A property of an instance has another value.
     *
     * @param before the value before, as JSON; {@code null} if it had none
     * @param after the value after, as JSON; {@code null} if it has none
     */
    record PropertyChanged(
            String tag,
            String property,
            @Nullable String before,
            @Nullable String after) implements Edit {}

    /** A relation is new. */
    record RelationAdded(Relation relation) implements Edit {}

    /** A relation is gone. */
    record RelationDeleted(Relation relation) implements Edit {}
}
