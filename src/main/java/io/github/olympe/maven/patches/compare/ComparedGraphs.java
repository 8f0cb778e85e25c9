package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Interner;
import io.github.olympe.maven.patches.graph.PatchReader;
import io.github.olympe.maven.patches.tree.Content;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graphs of two states of code as data, as far as they are needed to compare them. Of the patches that both states have, the graphs
 * contain only those that say more about what the others mention. They are the same on both sides, so they make no difference.
 *
 * @param before what was read of the state before
 * @param after what was read of the state after
 * @param delta all differences of the two states
 * @param rootsBefore the bricks that patches of the state before belong to, as far as they are read
 * @param rootsAfter the bricks that patches of the state after belong to, as far as they are read, by the patches' paths
 */
public record ComparedGraphs(
        Structure before, Structure after, GraphDelta delta, Set<String> rootsBefore, Map<String, String> rootsAfter) {

    /**
     * Reads the patches that only one of two states has or that have moved to another file, and from the others what is needed to name and
     * place what they mention.
     *
     * @throws io.github.olympe.maven.OlympeException if a patch cannot be read or is broken
     */
    public static ComparedGraphs read(CodeAsData before, CodeAsData after) {
        Map<String, Content> old = before.patches();
        Map<String, Content> fresh = after.patches();
        Map<String, Content> onlyBefore = without(old, ids(fresh));
        Map<String, Content> onlyAfter = without(fresh, ids(old));
        Interner interner = new Interner();
        PatchReader reader = new PatchReader(interner);
        Map<String, String> rootsBefore = new LinkedHashMap<>();
        Map<String, String> rootsAfter = new LinkedHashMap<>();
        ComparedGraphs alone = of(
                read(onlyBefore, reader, rootsBefore),
                read(onlyAfter, reader, rootsAfter),
                new HashSet<>(rootsBefore.values()),
                rootsAfter);
        Map<String, Content> common = new LinkedHashMap<>(fresh);
        common.keySet().removeAll(onlyAfter.keySet());
        Set<String> differing = new TreeSet<>(onlyBefore.keySet());
        differing.addAll(onlyAfter.keySet());
        common.forEach((path, patch) -> {
            Content same = old.get(path);
            if (same == null || !same.id().equals(patch.id())) {
                differing.add(path);
            }
        });
        return differing.isEmpty() ? alone : new Context(common, reader).addTo(alone, differing);
    }

    private static ComparedGraphs of(
            Graph before, Graph after, Set<String> rootsBefore, Map<String, String> rootsAfter) {
        return new ComparedGraphs(
                new Structure(before),
                new Structure(after),
                GraphDelta.between(before, after),
                rootsBefore,
                rootsAfter);
    }

    /** Returns these graphs with what more patches say that both states have. */
    ComparedGraphs with(Map<String, Content> common, PatchReader reader) {
        if (common.isEmpty()) {
            return this;
        }
        Map<String, String> roots = new LinkedHashMap<>();
        Graph graph = read(common, reader, roots);
        Set<String> allBefore = new HashSet<>(rootsBefore);
        allBefore.addAll(roots.values());
        Map<String, String> allAfter = new LinkedHashMap<>(rootsAfter);
        allAfter.putAll(roots);
        return of(joined(graph, before.graph()), joined(graph, after.graph()), allBefore, allAfter);
    }

    private static Graph read(Map<String, Content> patches, PatchReader reader, Map<String, String> roots) {
        GraphBuilder graph = new GraphBuilder();
        patches.forEach((path, patch) -> roots.put(path, reader.read(patch, graph)));
        return graph.build();
    }

    private static Graph joined(Graph some, Graph more) {
        return new GraphBuilder().add(some).add(more).build();
    }

    private static Map<String, Content> without(Map<String, Content> patches, Set<String> ids) {
        Map<String, Content> others = new LinkedHashMap<>(patches);
        others.values().removeIf(patch -> ids.contains(patch.id()));
        return others;
    }

    private static Set<String> ids(Map<String, Content> patches) {
        Set<String> ids = new HashSet<>();
        patches.values().forEach(patch -> ids.add(patch.id()));
        return ids;
    }
}
