package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.node.runtime.NodeVersion;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier goals of the build are going to do, for {@code check}, which makes the plans of all goals.
 *
 * @param snapshot whether a snapshot is fetched
 * @param node the Node.js of the build
 * @param built the steps of later goals that earlier goals carry out
 * @param bumped whether package.json gets another version
 * @param left whether this build does not reach the goal, although a build that deploys would
 */
public record EarlierGoals(
        boolean snapshot, Optional<NodeVersion> node, Set<String> built, boolean bumped, boolean left) {

    public static final EarlierGoals NONE = new EarlierGoals(false, Optional.empty(), Set.of(), false, false);

    public EarlierGoals {
        built = Set.copyOf(built);
    }

    public EarlierGoals withSnapshot() {
        return new EarlierGoals(true, node, built, bumped, left);
    }

    public EarlierGoals withNode(NodeVersion version) {
        return new EarlierGoals(snapshot, Optional.of(version), built, bumped, left);
    }

    public EarlierGoals withBuilt(Set<String> steps) {
        Set<String> all = new HashSet<>(built);
        all.addAll(steps);
        return new EarlierGoals(snapshot, node, all, bumped, left);
    }

    public EarlierGoals withBump() {
        return new EarlierGoals(snapshot, node, built, true, left);
    }

    public EarlierGoals thatEndTheBuild() {
        return new EarlierGoals(snapshot, node, built, bumped, true);
    }
}
