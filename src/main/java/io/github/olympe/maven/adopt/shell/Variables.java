package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The variables of a job's shell. */
public final class Variables {

    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();
    private final Map<String, Place> exported = new LinkedHashMap<>();

    /** Variables with these values, texts without anything to expand. */
    public Variables(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** Returns the value that the pipeline gives a variable. */
    Optional<String> known(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the value, a placeholder where only the CI knows it. */
    String value(String name) {
        return known(name).or(() -> Unknowns.predefined(name)).orElseGet(() -> Unknowns.variable(name));
    }

    /** Notes that programs get a variable. */
    void exported(String name, Place place) {
        exported.put(name, place);
    }

    /** The variables that programs get and that no line has read, each with the line that sets it. */
    Map<String, Place> unread() {
        Map<String, Place> unread = new LinkedHashMap<>(exported);
        unread.keySet().removeAll(read);
        return unread;
    }

    /** Returns a value that is set, and does not count as read. */
    String peek(String name) {
        return values.getOrDefault(name, "");
    }

    Set<String> names() {
        return new TreeSet<>(values.keySet());
    }
}
