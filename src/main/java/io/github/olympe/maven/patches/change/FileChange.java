package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.ByteSize;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file that was added, deleted or changed.
 *
 * @param type what happened
 * @param part what the file belongs to, such as {@code frontend}
 * @param path the file's path, with {@code /} between names; a folder's path ends with one
 * @param before the file before; absent if it is new
 * @param after the file after; absent if it is gone
 */
public record FileChange(ChangeType type, String part, String path, Optional<Side> before, Optional<Side> after) {

    /**
     * A file on one side.
     *
     * @param size the size in bytes
     * @param attributes mode and owner in words; empty if unknown
     */
    public record Side(long size, String attributes) {}

    /**
     * Compares the files of two states by their contents, and by their modes and owners if both sides have these. A folder that only one
     * side lists is not a change, because layers need not list the folders above their files.
     *
     * @param part what the files belong to
     * @param isPatch whether the content of a file is compared elsewhere
     * @return the changes in the order of the paths
     * @throws OlympeException if a file cannot be read
     */
    public static List<FileChange> between(
            String part, ContentTree before, ContentTree after, Predicate<String> isPatch) {
        Set<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            Content old = before.files().get(path);
            Content fresh = after.files().get(path);
            boolean isElsewhere = isPatch.test(path);
            if (old != null && fresh != null) {
                boolean isOther = !isElsewhere && !old.id().equals(fresh.id());
                if (isOther || haveOtherAttributes(old, fresh)) {
                    changes.add(new FileChange(ChangeType.CHANGED, part, path, side(old), side(fresh)));
                }
            } else if (!isElsewhere && !path.endsWith("/")) {
                changes.add(new FileChange(
                        old == null ? ChangeType.ADDED : ChangeType.DELETED, part, path, side(old), side(fresh)));
            }
        }
        return changes;
    }

    private static boolean haveOtherAttributes(Content one, Content other) {
        return !one.attributes().isEmpty()
                && !other.attributes().isEmpty()
                && !one.attributes().equals(other.attributes());
    }

    /** Returns it in words, such as {@code frontend: main.js changed (1.2 MB, before 1.1 MB)}. */
    public String sentence() {
        String start = (part.isEmpty() ? "" : part + ": ") + OneLine.of(path) + " " + type.word();
        if (after.isEmpty()) {
            return start;
        }
        if (before.isEmpty()) {
            return start + " (" + ByteSize.of(after.get().size()) + ")";
        }
        String attributes = after.get().attributes();
        String old = before.get().attributes();
        boolean areOther = !attributes.equals(old) && !attributes.isEmpty() && !old.isEmpty();
        boolean isOtherSize = before.get().size() != after.get().size();
        List<String> aspects = new ArrayList<>();
        if (isOtherSize || !areOther) {
            aspects.add(ByteSize.of(after.get().size()) + ", before "
                    + ByteSize.of(before.get().size()));
        }
        if (areOther) {
            aspects.add(OneLine.of(attributes) + ", before " + OneLine.of(old));
        }
        return start + " (" + String.join("; ", aspects) + ")";
    }

    private static Optional<Side> side(@Nullable Content content) {
        return content == null ? Optional.empty() : Optional.of(new Side(content.size(), content.attributes()));
    }
}
