package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.ByteSize;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file that was added, deleted or changed.
 *
 * @param type what happened
 * @param part what the file belongs to, such as {@code frontend}
 * @param path the file's path, with {@code /} between names
 * @param before the size before, in bytes; absent if the file is new
 * @param after the size after, in bytes; absent if the file is gone
 */
public record FileChange(ChangeType type, String part, String path, OptionalLong before, OptionalLong after) {

    /**
     * Compares the files of two states by their contents.
     *
     * @param part what the files belong to
     * @param which the paths of the files to compare
     * @return the changes in the order of the paths
     * @throws OlympeException if a file cannot be read
     */
    public static List<FileChange> between(
            String part, ContentTree before, ContentTree after, Predicate<String> which) {
        Set<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            Content old = before.files().get(path);
            Content fresh = after.files().get(path);
            if (which.test(path) && (old == null || fresh == null || !old.id().equals(fresh.id()))) {
                ChangeType type =
                        old == null ? ChangeType.ADDED : fresh == null ? ChangeType.DELETED : ChangeType.CHANGED;
                changes.add(new FileChange(type, part, path, size(old), size(fresh)));
            }
        }
        return changes;
    }

    /** Returns it in words, such as {@code frontend: main.js changed (1.2 MB, before 1.1 MB)}. */
    public String sentence() {
        String start = (part.isEmpty() ? "" : part + ": ") + OneLine.of(path) + " " + type.word();
        if (after.isEmpty()) {
            return start;
        }
        String size = ByteSize.of(after.getAsLong());
        return start + " (" + size + (before.isEmpty() ? ")" : ", before " + ByteSize.of(before.getAsLong()) + ")");
    }

    private static OptionalLong size(@Nullable Content content) {
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.size());
    }
}
