package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.runtime.NodeVersion;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier goals of the build are going to do, where {@code check} makes the plans of all of them.
 *
 * @param snapshot whether a snapshot is fetched
 * @param node the Node.js that builds
 * @param built the steps of later goals that they carry out
 */
record EarlierGoals(boolean snapshot, Optional<NodeVersion> node, Set<String> built) {

    static final EarlierGoals NONE = new EarlierGoals(false, Optional.empty(), Set.of());

    EarlierGoals {
        built = Set.copyOf(built);
    }

    EarlierGoals withSnapshot() {
        return new EarlierGoals(true, node, built);
    }

    EarlierGoals withNode(NodeVersion version) {
        return new EarlierGoals(snapshot, Optional.of(version), built);
    }

    EarlierGoals withBuilt(Set<String> steps) {
        Set<String> all = new HashSet<>(built);
        all.addAll(steps);
        return new EarlierGoals(snapshot, node, all);
    }
}
