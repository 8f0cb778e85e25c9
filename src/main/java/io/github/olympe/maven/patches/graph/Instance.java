package io.github.olympe.maven.patches.graph;

import java.util.Map;
import java.util.Optional;

/**
 * An instance with its properties.
 *
 * @param tag its id
 * @param root the tag of the brick whose patch contains it; not compared, because it only says where the instance is stored
 * @param origin how the patches mention it
 * @param properties its properties: by the property's tag, the value as JSON in the form of {@link JsonValue}
 */
public record Instance(String tag, String root, Origin origin, Map<String, String> properties) {

    /** How patches mention an instance. */
    public enum Origin {
        /** A patch creates it. */
        CREATED,
        /** An optional operation creates it if it is missing: something outside of the patches, such as their folder. */
        EXPECTED,
        /** A patch only sets some properties of it. */
        UPDATED
    }

    public Instance {
        properties = Map.copyOf(properties);
    }

    /** Returns whether both describe the same instance in the same way, wherever it is stored. */
    public boolean isSameAs(Instance other) {
        return tag.equals(other.tag) && origin == other.origin && properties.equals(other.properties);
    }

    /** Returns the text of a property; absent if it has none or its value is not a text. */
    public Optional<String> text(String property) {
        return Optional.ofNullable(properties.get(property)).flatMap(JsonValue::text);
    }

    /** Returns its name, if it has one. */
    public Optional<String> name() {
        return text(KnownTags.NAME).filter(name -> !name.isBlank());
    }
}
