package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders in braces, such as {@code {branch}-{commit}}.
 *
 * @param parameter the parameter that sets the text, for error messages
 * @param text the text
 */
public record Template(String parameter, String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    /**
     * Replaces each placeholder.
     *
     * @param values the value of each placeholder; empty for a known placeholder that has no value in this build (no tag, no build number)
     * @return the text, absent if it uses a placeholder without a value
     * @throws OlympeException if it uses an unknown placeholder
     */
    public Optional<String> resolve(Map<String, Optional<String>> values) {
        StringBuilder resolved = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            Optional<String> value = values.get(matcher.group(1));
            if (value == null) {
                throw InvalidParameter.of(
                        parameter,
                        text,
                        String.format(
                                "The placeholder '%s' is unknown. Use one of %s.",
                                OneLine.of(matcher.group(), 200), names(values)));
            }
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(resolved).toString());
    }

    private static String names(Map<String, Optional<String>> values) {
        StringBuilder names = new StringBuilder();
        for (String name : new TreeSet<>(values.keySet())) {
            names.append(names.isEmpty() ? "" : ", ").append('{').append(name).append('}');
        }
        return names.toString();
    }
}
