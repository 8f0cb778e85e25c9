package io.github.olympe.maven.adopt.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command, and its other words.
 *
 * @param options the values by option, empty texts for those without a value
 * @param words the other words
 */
record Flags(Map<String, List<String>> options, List<String> words) {

    /** Reads {@code --name value}, {@code --name=value} and {@code -nvalue}. */
    static Flags of(List<String> arguments, Set<String> withValue) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals > 0 && argument.startsWith("--") ? argument.substring(0, equals) : argument;
            if (!argument.startsWith("-") || argument.equals("-")) {
                words.add(argument);
            } else if (!name.equals(argument)) {
                add(options, name, argument.substring(equals + 1));
            } else if (withValue.contains(name)) {
                add(options, name, i + 1 < arguments.size() ? arguments.get(++i) : "");
            } else if (argument.length() > 2 && withValue.contains(argument.substring(0, 2))) {
                add(options, argument.substring(0, 2), argument.substring(2));
            } else {
                add(options, name, "");
            }
        }
        return new Flags(options, words);
    }

    private static void add(Map<String, List<String>> options, String name, String value) {
        options.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    }

    List<String> all(String... names) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            values.addAll(options.getOrDefault(name, List.of()));
        }
        return values;
    }

    Optional<String> first(String... names) {
        return all(names).stream().findFirst();
    }
}
