package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that changed in a brick.
 *
 * @param type what happened
 * @param part the part that it happened to
 * @param property the property or relation that changed, {@code null} where a part was added or deleted as a whole
 * @param from the value before, {@code null} if there was none
 * @param to the value after, {@code null} if there is none
 * @param usedBy the bricks that still use a deleted part
 * @param importance how much it matters
 */
public record Detail(
        ChangeType type,
        Part part,
        @Nullable String property,
        @Nullable Value from,
        @Nullable Value to,
        List<Brick> usedBy,
        Importance importance) {

    public Detail {
        usedBy = List.copyOf(usedBy);
    }

    /** Returns it in words, such as {@code type of input 'rate' changed from 'String' to 'Number'}. */
    public String text() {
        String shown = part.shown();
        if (property == null) {
            return shown + " " + type.word() + stillUsed();
        }
        String of = part.isWhole() ? "" : " of " + shown;
        return switch (type) {
            case RENAMED -> shown + " renamed to " + to;
            case ADDED -> property + " " + to + of + " added";
            case DELETED -> property + " " + from + of + " deleted";
            default -> property + of + changed();
        };
    }

    private String changed() {
        if (from == null) {
            return " set to " + to;
        }
        return to == null ? " removed (was " + from + ")" : " changed from " + from + " to " + to;
    }

    private String stillUsed() {
        if (usedBy.isEmpty()) {
            return "";
        }
        return " though " + Brick.names(usedBy) + " still " + (usedBy.size() == 1 ? "uses" : "use") + " it";
    }

    /** Returns whether nothing changed but the number that Draw raises with each change. */
    boolean isVersion() {
        return Words.VERSION.equals(property);
    }
}
