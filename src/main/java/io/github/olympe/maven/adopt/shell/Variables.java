package io.github.olympe.maven.adopt.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The variables of a job's shell. */
public final class Variables {

    private final Map<String, String> values;

    /** Variables with these values, texts without anything to expand. */
    public Variables(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** Returns the value that the pipeline gives a variable. */
    Optional<String> known(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the value, a placeholder where only the CI knows it. */
    String value(String name) {
        return known(name).or(() -> Unknowns.predefined(name)).orElseGet(() -> Unknowns.variable(name));
    }

    Set<String> names() {
        return new TreeSet<>(values.keySet());
    }
}
