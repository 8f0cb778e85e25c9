package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.shell.Unknowns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves variables whose values refer to others, as in GitLab. */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}|\\$(\\w+)");
    private static final int DEEPEST = 10;

    private References() {}

    /** Returns the variables with resolved values. What only the CI knows is a placeholder. */
    static Map<String, String> resolved(Map<String, String> variables) {
        Map<String, String> resolved = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            // A reference to itself means the CI's own variable of that name.
            Map<String, String> others = new LinkedHashMap<>(variables);
            others.remove(name);
            resolved.put(name, text(value, others));
        });
        return resolved;
    }

    /** Returns a text with the values of the variables that it names. */
    static String text(String text, Map<String, String> variables) {
        return text(text, variables, 0);
    }

    private static String text(String text, Map<String, String> variables, int depth) {
        return replaced(REFERENCE, text, match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            String value = variables.get(name);
            if (value != null && depth < DEEPEST) {
                return text(value, variables, depth + 1);
            }
            return Unknowns.predefined(name).orElseGet(() -> Unknowns.variable(name));
        });
    }

    /** Returns the text with each match replaced. */
    static String replaced(Pattern pattern, String text, Function<Matcher, String> replacement) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            result.append(text, end, matcher.start()).append(replacement.apply(matcher));
            end = matcher.end();
        }
        return result.append(text.substring(end)).toString();
    }
}
