package io.github.olympe.maven.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cleans up parameters as Maven passes them: null for an empty element, and with the white space of the pom. */
public final class Texts {

    private Texts() {}

    /** Returns the text without space around it, absent if it is blank. */
    public static Optional<String> of(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns the text without space around it, or the default if it is blank. */
    public static String of(@Nullable String value, String otherwise) {
        return of(value).orElse(otherwise);
    }

    /** Returns the texts of a list without space around them, leaving out blank ones. */
    public static List<String> withoutBlanks(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .filter(Objects::nonNull)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    /** Returns the texts of a list without space around them, and an empty text for each element without content. */
    public static List<String> stripped(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream().map(value -> of(value, "")).toList();
    }

    /** Returns a map without null values, which Maven sets for elements without content. */
    public static Map<String, String> withoutNulls(@Nullable Map<String, String> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (values != null) {
            values.forEach((key, value) -> texts.put(key, value == null ? "" : value));
        }
        return texts;
    }
}
