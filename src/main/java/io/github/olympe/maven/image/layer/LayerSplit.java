package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a tree is split into layers, so that what changes seldom is apart from what changes always: each folder at the top of the tree is a
 * layer of its own, and all the rest is the last layer. Where there are more than nine folders, the nine largest are layers of their own
 * ({@code node_modules} always). The lowest layer is {@code node_modules}, then come the folders by name.
 */
public final class LayerSplit {

    /** The most layers that a tree is split into. */
    static final int MOST = 10;

    /** What the last layer is called. */
    public static final String REST = ".";

    private static final String PACKAGES = "node_modules";

    private LayerSplit() {}

    /** The layers, the lowest first, each with its entries in the tree's order; none is empty. */
    static Map<String, List<SourceEntry>> of(List<SourceEntry> entries) {
        Map<String, long[]> sizes = new TreeMap<>();
        for (SourceEntry entry : entries) {
            if (entry.type == Type.FOLDER && entry.path.indexOf('/') < 0) {
                sizes.put(entry.path, new long[1]);
            }
        }
        for (SourceEntry entry : entries) {
            long[] size = sizes.get(top(entry));
            if (size != null) {
                size[0] += entry.size;
            }
        }
        Set<String> own = sizes.keySet().stream()
                .sorted(Comparator.comparing((String name) -> !name.equals(PACKAGES))
                        .thenComparing(name -> -size(sizes, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST - 1L)
                .collect(Collectors.toSet());
        Map<String, List<SourceEntry>> layers = new LinkedHashMap<>();
        if (own.contains(PACKAGES)) {
            layers.put(PACKAGES, new ArrayList<>());
        }
        own.stream().sorted().forEach(name -> layers.putIfAbsent(name, new ArrayList<>()));
        List<SourceEntry> rest = new ArrayList<>();
        for (SourceEntry entry : entries) {
            layers.getOrDefault(top(entry), rest).add(entry);
        }
        if (!rest.isEmpty()) {
            layers.put(REST, rest);
        }
        return layers;
    }

    private static long size(Map<String, long[]> sizes, String name) {
        long[] size = sizes.get(name);
        return size == null ? 0 : size[0];
    }

    private static String top(SourceEntry entry) {
        int slash = entry.path.indexOf('/');
        return slash < 0 ? entry.path : entry.path.substring(0, slash);
    }
}
