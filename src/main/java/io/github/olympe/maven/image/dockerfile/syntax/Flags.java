package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flags of an instruction by their names. */
final class Flags {

    private final Place place;
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Parses flags.
     *
     * @param known the names that are understood
     * @param refused names that docker supports and the plugin does not
     */
    Flags(Place place, List<String> words, Set<String> known, Set<String> refused) {
        this.place = place;
        for (String word : words) {
            String[] parts = word.split("=", 2);
            String name = parts[0];
            if (refused.contains(name)) {
                throw place.unsupported("it has the flag '" + name + "'");
            }
            if (!known.contains(name)) {
                throw place.mistake(
                        known.isEmpty()
                                ? "it takes no flags; remove '" + name + "'"
                                : "it has no flag '" + name + "'; use one of " + String.join(", ", known));
            }
            boolean hasValue = parts.length > 1;
            if (values.put(name, hasValue ? parts[1] : "") != null) {
                throw place.mistake("the flag '" + name + "' may occur only once; remove one");
            }
            if (!hasValue && !name.equals("--link")) {
                throw place.mistake("the flag '" + name + "' needs a value; write " + name + "=…");
            }
        }
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    boolean isOn(String name) {
        String value = values.get(name);
        if (value == null) {
            return false;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw place.mistake("the flag '" + name + "' must be 'true' or 'false'");
        };
    }
}
