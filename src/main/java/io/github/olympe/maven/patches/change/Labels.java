package io.github.olympe.maven.patches.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.compare.Mentioned;
import io.github.olympe.maven.patches.compare.Structure;
import io.github.olympe.maven.patches.compare.Words;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.JsonValue;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds names for bricks, their parts, properties and values: their own names if known, else their tags. */
final class Labels {

    private static final int COLOUR = 7;
    private static final String SOURCE = "0168a431d91f25780002";
    private static final String DESTINATION = "0168a431d91f2578000a";

    private final ComparedGraphs graphs;
    private final Map<String, String> packages;

    /**
     * @param packages the names of what is defined in packages, by the tags
     */
    Labels(ComparedGraphs graphs, Map<String, String> packages) {
        this.graphs = graphs;
        this.packages = packages;
    }

    /** Returns a brick as it is in one of the states. */
    Brick brick(String tag, Structure state) {
        Optional<String> model = state.graph().model(tag);
        String kind = model.flatMap(Words::brick)
                .or(() -> model.flatMap(this::known).map(Labels::lowerCase))
                .orElse("brick");
        return new Brick(kind, name(tag, state), tag, folder(tag, state));
    }

    /** Returns the names of the folders above a brick, joined by {@code /}. */
    String folder(String brick, Structure state) {
        return path(state.pathOf(brick), state);
    }

    /** Returns the names of a folder and of those above it, joined by {@code /}. */
    String folderItself(String folder, Structure state) {
        return path(
                Stream.concat(state.pathOf(folder).stream(), Stream.of(folder)).toList(), state);
    }

    /** Joins the names. Outermost folders without a known name are left out. */
    private String path(List<String> folders, Structure state) {
        return folders.stream()
                .dropWhile(folder -> known(folder, state).isEmpty())
                .map(folder -> name(folder, state))
                .collect(Collectors.joining("/"));
    }

    /** Returns a part of a brick. */
    Part part(String tag, Structure state) {
        Optional<String> model = state.graph().model(tag);
        String name = state.graph().instance(tag).flatMap(Instance::name).orElse("");
        if (model.filter(Words.CONNECTION::equals).isPresent()) {
            return new Part(
                    "connection", (end(tag, SOURCE, state) + " -> " + end(tag, DESTINATION, state)).strip(), tag);
        }
        Optional<String> noun = model.flatMap(Words::part).or(() -> model.flatMap(Words::brick));
        if (noun.isPresent()) {
            return new Part(noun.get(), name, tag);
        }
        String modelName = model.flatMap(one -> known(one, state)).orElse("");
        if (modelName.isEmpty()) {
            return new Part("part", name.isEmpty() ? tag : name, tag);
        }
        return name.isEmpty() ? new Part("step", modelName, tag) : new Part(modelName, name, tag);
    }

    private String end(String connection, String relation, Structure state) {
        return state.graph()
                .targets(connection, relation)
                .findFirst()
                .map(part -> stepName(part, state))
                .orElse("");
    }

    private String stepName(String tag, Structure state) {
        return known(tag, state)
                .or(() -> state.graph()
                        .model(tag)
                        .flatMap(model -> Words.part(model).or(() -> known(model, state))))
                .orElse(tag);
    }

    /** Returns what a property is called. */
    String property(String tag) {
        String property = Mentioned.withoutPrefix(tag);
        String word = Words.property(property)
                .or(() -> known(property).map(Value::quoted))
                .orElse(Value.quoted(property));
        return Mentioned.isDefault(tag) ? "default of " + word : word;
    }

    /** Returns what a relation is called. */
    String relation(String tag) {
        return Words.relation(tag).or(() -> known(tag).map(Value::quoted)).orElse(Value.quoted(tag));
    }

    /** Returns what a relation leads to. */
    Value target(String tag, Structure state) {
        return known(tag, state)
                .map(Value::ofText)
                .orElseGet(() -> state.graph().model(tag).isPresent()
                        ? new Value(JsonValue.ofText(tag), part(tag, state).shown())
                        : Value.ofText(tag));
    }

    /**
     * Returns the value of a property.
     *
     * @param other the value that it is compared with, {@code null} if there is none
     */
    Value value(String json, @Nullable String other) {
        List<String> values = JsonValue.alternatives(json);
        if (values.size() > 1) {
            return new Value(
                    "[" + String.join(",", values) + "]",
                    values.stream().map(one -> value(one, other).shown()).collect(Collectors.joining(" and ")));
        }
        Optional<String> text = JsonValue.text(json);
        if (text.isPresent()) {
            String compared =
                    Optional.ofNullable(other).flatMap(JsonValue::text).orElse("");
            return Value.ofText(text.get(), compared);
        }
        List<String> references = Mentioned.references(json);
        if (references.size() == 1) {
            return new Value(json, target(references.get(0), graphs.after()).shown());
        }
        return new Value(json, colour(json).orElseGet(() -> json.startsWith("{") ? Value.quoted(json) : json));
    }

    /** A colour is {@code {"c":7,"r":…,"g":…,"b":…,"a":…}}. */
    private static Optional<String> colour(String json) {
        if (!json.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode value = Json.parse(json);
            return value.path("c").asInt() != COLOUR || !value.has("r")
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "rgba(%s, %s, %s, %s)",
                            value.path("r").asText(),
                            value.path("g").asText(),
                            value.path("b").asText(),
                            value.path("a").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException("A value is always JSON", e);
        }
    }

    private String name(String tag, Structure state) {
        return known(tag, state).orElse(tag);
    }

    private Optional<String> known(String tag, Structure state) {
        return state.graph().instance(tag).flatMap(Instance::name).or(() -> known(tag));
    }

    private Optional<String> known(String tag) {
        return Stream.of(graphs.after(), graphs.before())
                .flatMap(state -> state.graph().instance(tag).flatMap(Instance::name).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(packages.get(tag)))
                .or(() -> Words.type(tag))
                .or(() -> Words.brick(tag))
                .or(() -> Words.part(tag));
    }

    /** {@code Service App} becomes {@code service app}, and {@code UI App} stays {@code UI app}. */
    private static String lowerCase(String name) {
        return Stream.of(name.split(" "))
                .map(word -> word.equals(word.toUpperCase(Locale.ROOT)) ? word : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** Returns whether a property is the name of its instance, or the default of it. */
    static boolean isName(String property) {
        return property.equals(KnownTags.NAME) || property.equals(KnownTags.DEFAULT_PREFIX + KnownTags.NAME);
    }
}
