package io.github.olympe.maven.patches.diff;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Interner;
import io.github.olympe.maven.patches.tree.Content;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The graphs of two states of code as data, as far as they tell the states apart. Of the patches that both states have, only those are in
 * the graphs that say more of what the others mention: they are the same on both sides, and so make no difference.
 *
 * @param before what is read of the state before
 * @param after what is read of the state after
 * @param delta all differences of the two states
 */
record ComparedGraphs(Structure before, Structure after, GraphDelta delta) {

    /**
     * Reads the patches that only one of two states has, and from the others what is needed to name and place what they mention.
     *
     * @throws OlympeException if a patch cannot be read or is broken
     */
    static ComparedGraphs read(CodeAsData before, CodeAsData after) {
        Map<String, Content> old = before.patches();
        Map<String, Content> fresh = after.patches();
        Set<String> oldIds = ids(old);
        Set<String> freshIds = ids(fresh);
        Set<String> differing = new HashSet<>();
        Map<String, Content> common = new HashMap<>();
        old.forEach((path, patch) -> {
            if (!freshIds.contains(id(patch))) {
                differing.add(path);
            }
        });
        fresh.forEach((path, patch) -> {
            if (oldIds.contains(id(patch))) {
                common.put(path, patch);
            } else {
                differing.add(path);
            }
        });
        Interner interner = new Interner();
        ComparedGraphs alone = of(
                before.graph(interner, patch -> !freshIds.contains(id(patch))),
                after.graph(interner, patch -> !oldIds.contains(id(patch))));
        return differing.isEmpty() ? alone : new Context(common, interner).addTo(alone, differing);
    }

    static ComparedGraphs of(Graph before, Graph after) {
        return new ComparedGraphs(new Structure(before), new Structure(after), GraphDelta.between(before, after));
    }

    /** Returns these graphs with more that both states have. */
    ComparedGraphs with(Graph common) {
        return common.isEmpty() ? this : of(joined(common, before.graph()), joined(common, after.graph()));
    }

    private static Graph joined(Graph some, Graph more) {
        return new GraphBuilder().add(some).add(more).build();
    }

    private static Set<String> ids(Map<String, Content> patches) {
        Set<String> ids = new HashSet<>();
        patches.values().forEach(patch -> ids.add(id(patch)));
        return ids;
    }

    private static String id(Content content) {
        try {
            return content.id();
        } catch (IOException e) {
            throw new OlympeException(
                    "'" + content.place() + "' cannot be read (" + e + "). Check that it is there and readable.", e);
        }
    }
}
