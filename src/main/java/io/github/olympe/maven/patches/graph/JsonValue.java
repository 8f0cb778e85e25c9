package io.github.olympe.maven.patches.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * JSON values in one form, so that equal values are equal texts: no white space, an object's members in order of their names, text escaped
 * only where JSON needs it, numbers as the shortest decimal ({@code 1.50} and {@code 15e-1} are {@code 1.5}).
 */
public final class JsonValue {

    /** Numbers with more zeros than this are written with an exponent. */
    private static final int LONGEST_EXPONENT = 30;

    /** Is between the values of a property to which patches give several. A line end is never in a value of this form. */
    private static final String AND = "\n";

    private JsonValue() {}

    /** Returns the value of a property to which two patches give these values. */
    static String both(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        SortedSet<String> values = new TreeSet<>(alternatives(one));
        values.addAll(alternatives(other));
        return String.join(AND, values);
    }

    /** Returns the values that patches give to a property, in order: one, unless they contradict each other. */
    public static List<String> alternatives(String value) {
        return value.contains(AND) ? List.of(value.split(AND)) : List.of(value);
    }

    /** Reads the value that the parser stands at, and leaves the parser at the value's last token. */
    static String read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> ofText(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> parser.getText();
        };
    }

    /** Returns the JSON value of a text. */
    public static String ofText(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }

    /** Returns the text of a value, absent if it has another kind. Several texts are joined by "and". */
    public static Optional<String> text(String value) {
        List<Optional<String>> texts =
                alternatives(value).stream().map(JsonValue::single).toList();
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::orElseThrow).collect(Collectors.joining(" and ")))
                : Optional.empty();
    }

    private static Optional<String> single(String value) {
        if (!value.startsWith("\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    value.indexOf('\\') < 0
                            ? value.substring(1, value.length() - 1)
                            : Json.parse(value).textValue());
        } catch (IOException e) {
            throw new UncheckedIOException("A value is always JSON", e);
        }
    }

    private static String number(JsonParser parser) throws IOException {
        String digits = parser.getText();
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && !digits.equals("-0")) {
            return digits;
        }
        BigDecimal number = parser.getDecimalValue();
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return Math.abs(shortest.scale()) <= LONGEST_EXPONENT ? shortest.toPlainString() : shortest.toString();
    }

    private static String object(JsonParser parser) throws IOException {
        Map<String, String> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        List<String> parts = new ArrayList<>();
        members.forEach((name, value) -> parts.add(ofText(name) + ":" + value));
        return "{" + String.join(",", parts) + "}";
    }

    private static String array(JsonParser parser) throws IOException {
        List<String> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return "[" + String.join(",", elements) + "]";
    }
}
