package io.github.olympe.maven.patches.tree;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The regular files of one state, wherever they are stored.
 *
 * @param name the state's name in messages, such as {@code HEAD:snapshot}
 * @param files the files by their path, with {@code /} between names
 */
public record ContentTree(String name, SortedMap<String, Content> files) {

    public ContentTree {
        files = Collections.unmodifiableSortedMap(files);
    }

    /** Returns the files below a folder, by their path in that folder. */
    public ContentTree below(String folder) {
        String prefix = folder + "/";
        SortedMap<String, Content> inside = new TreeMap<>();
        for (var file : files.tailMap(prefix).entrySet()) {
            if (!file.getKey().startsWith(prefix)) {
                break;
            }
            inside.put(file.getKey().substring(prefix.length()), file.getValue());
        }
        return new ContentTree(name + "/" + folder, inside);
    }
}
