package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.patches.tree.Content;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image with all that its layers have together.
 *
 * @param name what it is called
 * @param files its files and links by their absolute path, and its folders, whose path ends with a slash
 * @param settings its configuration, by the names of the settings
 * @param layers the digests of its uncompressed layers, the lowest first
 * @param baseLayers how many of these are known to be its base image's; 0 where that is not known
 */
public record WholeImage(
        String name,
        SortedMap<String, Content> files,
        SortedMap<String, String> settings,
        List<String> layers,
        int baseLayers) {

    public WholeImage {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        layers = List.copyOf(layers);
    }

    /** Returns whether another image was built on the base image of this one; {@code true} where that is not known. */
    boolean hasBaseOf(WholeImage other) {
        return layers.containsAll(other.layers.subList(0, other.baseLayers));
    }

    /** Returns the number of files and links. */
    long count() {
        return files.keySet().stream().filter(path -> !path.endsWith("/")).count();
    }
}
