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

    /** Creates variables with these values, which are not expanded. */
    public Variables(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** Returns the value that the pipeline sets for a variable. */
    Optional<String> known(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the value, or a placeholder if only the CI knows it. */
    String value(String name) {
        return known(name).or(() -> Unknowns.predefined(name)).orElseGet(() -> Unknowns.variable(name));
    }

    /** Notes that programs get a variable. */
    void exported(String name, Place place) {
        exported.put(name, place);
    }

    /** Returns the variables that programs get and no line has read, each with the line that sets it. */
    Map<String, Place> unread() {
        Map<String, Place> unread = new LinkedHashMap<>(exported);
        unread.keySet().removeAll(read);
        return unread;
    }

    /** Returns a variable's value without marking it as read. */
    String peek(String name) {
        return values.getOrDefault(name, "");
    }

    Set<String> names() {
        return new TreeSet<>(values.keySet());
    }
}
