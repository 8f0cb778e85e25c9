package io.github.olympe.maven.adopt.found;

import io.github.olympe.maven.text.OneLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is read. The same thing at the same place counts once. */
public final class Findings {

    private static final int LONGEST = 100;

    private final Set<Finding> understood = new LinkedHashSet<>();
    private final Set<NotUnderstood> open = new LinkedHashSet<>();

    /** Notes something that was understood. */
    public void found(Place place, String what, String became) {
        understood.add(new Finding(place, shown(what), became));
    }

    /** Notes something that was not understood, with what to do. */
    public void open(Place place, String what, String advice) {
        open.add(new NotUnderstood(place, shown(what), advice));
    }

    /** Returns what was understood, in the order of files and lines. */
    public List<Finding> understood() {
        return understood.stream()
                .sorted((a, b) -> a.place().compareTo(b.place()))
                .toList();
    }

    /** Returns what was not understood, in the order of files and lines. */
    public List<NotUnderstood> notUnderstood() {
        return open.stream().sorted((a, b) -> a.place().compareTo(b.place())).toList();
    }

    private static String shown(String text) {
        return OneLine.of(Placeholders.unmarked(text).strip().replaceAll("\\s+", " "), LONGEST);
    }
}
