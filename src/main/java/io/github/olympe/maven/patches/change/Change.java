package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.compare.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One change of a brick. A brick that was moved, renamed and changed has three.
 *
 * @param type what happened
 * @param brick the brick as it is after the change, or as it was if it was deleted
 * @param details what changed in it, the most important first; for a moved brick the folders, for a renamed one the names, for one that was
 *     added or deleted its parts
 * @param usedBy the bricks that still use a deleted one
 * @param edits the differences of the graphs that this change stands for
 */
public record Change(ChangeType type, Brick brick, List<Detail> details, List<Brick> usedBy, List<Edit> edits) {

    private static final int MOST_DETAILS = 8;

    public Change {
        details = List.copyOf(details);
        usedBy = List.copyOf(usedBy);
        edits = List.copyOf(edits);
    }

    /** Returns the same change, standing for more edits. */
    Change with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new Change(type, brick, details, usedBy, all);
    }

    /** Returns how much it matters. */
    public Importance importance() {
        return switch (type) {
            case DELETED -> usedBy.isEmpty() ? Importance.INTERFACE : Importance.BREAKING;
            case MOVED, RENAMED -> Importance.INTERFACE;
            case ADDED -> Importance.NEW;
            case CHANGED ->
                details.stream()
                        .map(Detail::importance)
                        .min(Importance::compareTo)
                        .orElse(Importance.LAYOUT);
        };
    }

    /** Returns the change in one sentence, such as {@code Changed function 'Price': input 'rate' added}. */
    public String sentence() {
        return switch (type) {
            case ADDED -> "Added " + brick.shown() + parts();
            case DELETED ->
                "Deleted " + brick.shown() + (usedBy.isEmpty() ? "" : ", still used by " + Brick.names(usedBy));
            case MOVED ->
                "Moved " + brick.shown() + " from " + details.get(0).from() + " to "
                        + details.get(0).to();
            case RENAMED ->
                "Renamed " + brick.kind() + " " + details.get(0).from() + " to "
                        + details.get(0).to();
            case CHANGED -> "Changed " + brick.shown() + ": " + told();
        };
    }

    private String parts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        details.forEach(detail -> counts.merge(detail.part().kind(), 1, Integer::sum));
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " "
                                + (count.getValue() == 1 ? count.getKey() : plural(count.getKey())))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String plural(String noun) {
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    private String told() {
        List<String> texts = details.stream()
                .filter(detail -> detail.importance() != Importance.LAYOUT)
                .map(Detail::text)
                .toList();
        if (texts.isEmpty()) {
            return details.stream().allMatch(Detail::isVersion) ? "saved again without another change" : "layout";
        }
        int more = texts.size() - MOST_DETAILS;
        String some = texts.stream().limit(MOST_DETAILS).collect(Collectors.joining("; "));
        return more > 0 ? some + "; and " + more + " more" : some;
    }
}
