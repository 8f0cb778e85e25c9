package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.patches.tree.Content;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image with the combined content of its layers.
 *
 * @param name its name
 * @param files its files and links by their absolute path, and its folders, whose path ends with a slash
 * @param settings its configuration, by the names of the settings
 * @param layers the digests of its uncompressed layers, from bottom to top
 * @param baseLayers how many of these are known to belong to its base image; 0 if unknown
 * @param ownPaths the paths that the other layers contain or delete, as in {@code files}
 */
public record WholeImage(
        String name,
        SortedMap<String, Content> files,
        SortedMap<String, String> settings,
        List<String> layers,
        int baseLayers,
        Set<String> ownPaths) {

    public WholeImage {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        layers = List.copyOf(layers);
        ownPaths = Set.copyOf(ownPaths);
    }

    /** Returns whether it was built on the base image of another one; {@code true} if that is unknown. */
    boolean hasBaseOf(WholeImage other) {
        return layers.containsAll(other.layers.subList(0, other.baseLayers));
    }

    /** Returns whether its own layers, and not only its base image, determine what is at a path. */
    boolean isOwn(String path) {
        boolean isOwn = ownPaths.contains(path);
        for (int slash = path.indexOf('/', 1); !isOwn && slash > 0; slash = path.indexOf('/', slash + 1)) {
            isOwn = ownPaths.contains(
                    path.substring(0, slash)); // The layers may delete the folder or replace it by a file.
        }
        return isOwn;
    }

    /** Returns the number of files and links. */
    long count() {
        return files.keySet().stream().filter(path -> !path.endsWith("/")).count();
    }
}
