package io.github.olympe.maven.patches.graph;

import java.util.Comparator;

/**
 * A relation between two instances, each part given by its tag.
 *
 * @param from the instance that the relation starts at
 * @param type the kind of relation
 * @param to the target instance
 */
public record Relation(String from, String type, String to) implements Comparable<Relation> {

    private static final Comparator<Relation> ORDER =
            Comparator.comparing(Relation::from).thenComparing(Relation::type).thenComparing(Relation::to);

    @Override
    public int compareTo(Relation other) {
        return ORDER.compare(this, other);
    }
}
