package io.github.olympe.maven.patches.graph;

import java.util.Map;
import java.util.Optional;

/**
 * An instance with its properties.
 *
 * @param tag what identifies it
 * @param root the tag of the brick whose patch has it; it is not compared, since it says where the instance is stored
 * @param origin how the patches come to speak of it
 * @param properties its properties: by the property's tag, the value as JSON in the form of {@link JsonValue}
 */
public record Instance(String tag, String root, Origin origin, Map<String, String> properties) {

    /** How patches speak of an instance. */
    public enum Origin {
        /** A patch creates it. */
        CREATED,
        /** An optional operation creates it where it is missing: something outside of the patches, such as the folder they are in. */
        EXPECTED,
        /** A patch only sets some properties of it. */
        UPDATED
    }

    public Instance {
        properties = Map.copyOf(properties);
    }

    /** Returns whether both say the same of the same instance, wherever it is stored. */
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
