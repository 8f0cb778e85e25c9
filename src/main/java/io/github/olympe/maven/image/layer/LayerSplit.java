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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits a tree into layers, so that files that seldom change are separate from those that always change. Each folder at the top of the
 * tree is a layer of its own. The files at the top form up to three layers: files whose content rarely changes under the same name (fonts,
 * pictures, sounds, films, WebAssembly, and files with a content hash in their names), source maps, and the rest.
 *
 * <p>At most {@value #MOST} layers are made. If there are too many folders, the largest are layers of their own ({@code node_modules}
 * always), and the others go into the rest. The lowest layer is {@code node_modules}, then come the folders by name, then the files.
 */
public final class LayerSplit {

    /** The most layers that a tree is split into. */
    static final int MOST = 10;

    /** The name of the last layer. */
    public static final String REST = ".";

    static final String ASSETS = "assets at the top";
    static final String MAPS = "source maps at the top";

    private static final String PACKAGES = "node_modules";
    private static final Pattern MAP = Pattern.compile(".*\\.map", Pattern.DOTALL);
    private static final Pattern ASSET = Pattern.compile(
            ".*\\.(?:woff2?|ttf|otf|eot|svg|png|jpe?g|gif|webp|avif|ico|cur|bmp|mp3|mp4|ogg|wav|webm|wasm|pdf)"
                    // A name with a hash, as bundlers write it: 3f2a9c1b0d.js, main.3f2a9c1b.chunk.js,
                    // index-3f2a9c1b.css.
                    + "|(?:.*[.-])?(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}(?:\\.[a-z0-9]+)+",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private LayerSplit() {}

    /** Returns whether a layer with this content is a folder at the top of the tree, and not some of the files there. */
    public static boolean isFolder(String content) {
        return !List.of(ASSETS, MAPS, REST).contains(content);
    }

    /**
     * What a split needs to know of an entry.
     *
     * @param path its path below the folder that is split
     * @param size the size of its content, 0 if it is not a file
     */
    public record Part<T>(T entry, String path, boolean isFolder, long size) {

        private String top() {
            int slash = path.indexOf('/');
            return slash < 0 ? path : path.substring(0, slash);
        }

        private boolean isFileAtTop() {
            return !isFolder && path.indexOf('/') < 0;
        }

        /** Returns the layer of a file at the top. */
        private String group() {
            if (MAP.matcher(path).matches()) {
                return MAPS;
            }
            return ASSET.matcher(path).matches() ? ASSETS : REST;
        }
    }

    /** Returns the layers, the lowest first, each with its entries in the tree's order. No layer is empty. */
    static Map<String, List<SourceEntry>> of(List<SourceEntry> entries) {
        return ofParts(entries.stream()
                .map(entry -> new Part<>(entry, entry.path, entry.type == Type.FOLDER, entry.size))
                .toList());
    }

    /** Does what {@link #of} does, for entries of any kind. */
    public static <T> Map<String, List<T>> ofParts(List<Part<T>> parts) {
        Map<String, Long> folders = new TreeMap<>();
        Map<String, List<T>> files = new LinkedHashMap<>();
        List.of(ASSETS, MAPS, REST).forEach(name -> files.put(name, new ArrayList<>()));
        for (Part<T> part : parts) {
            if (part.isFileAtTop()) {
                files.getOrDefault(part.group(), new ArrayList<>()).add(part.entry());
            } else {
                folders.merge(part.top(), part.size(), Long::sum);
            }
        }
        long groups = files.values().stream().filter(group -> !group.isEmpty()).count();
        long room = MOST - Math.max(1, groups);
        if (folders.size() > room) {
            // Folders without a layer of their own go into the rest.
            room = MOST - groups - (files.getOrDefault(REST, List.of()).isEmpty() ? 1 : 0);
        }
        Set<String> own = folders.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> folder) ->
                                !folder.getKey().equals(PACKAGES))
                        .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(room)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, List<T>> layers = new LinkedHashMap<>();
        if (own.contains(PACKAGES)) {
            layers.put(PACKAGES, new ArrayList<>());
        }
        own.stream().sorted().forEach(name -> layers.putIfAbsent(name, new ArrayList<>()));
        files.keySet().forEach(name -> layers.put(name, new ArrayList<>()));
        for (Part<T> part : parts) {
            String layer = part.isFileAtTop() ? part.group() : own.contains(part.top()) ? part.top() : REST;
            layers.getOrDefault(layer, new ArrayList<>()).add(part.entry());
        }
        layers.values().removeIf(List::isEmpty);
        return layers;
    }
}
