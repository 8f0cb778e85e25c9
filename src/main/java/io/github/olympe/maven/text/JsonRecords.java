package io.github.olympe.maven.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts records to JSON trees and back.
 *
 * <p>A component of a record is a text, a number, a boolean, an enum, a tree, a record, or a list or a map of those by text. A class with a
 * method that has {@link JsonValue} is the text that this method returns; to be read, it has a constructor or a static method of one text
 * with {@link JsonCreator}, or is an enum. Any other enum is the name of its constant. A component that is {@code null}, or whose accessor has
 * {@link JsonIgnore}, is no member.
 */
final class JsonRecords {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonRecords() {}

    static JsonNode tree(@Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number.intValue());
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number.longValue());
        }
        if (value instanceof Iterable<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(element -> array.add(tree(element)));
            return array;
        }
        if (value instanceof Map<?, ?> members) {
            ObjectNode object = NODES.objectNode();
            members.forEach((name, member) -> object.set((String) name, tree(member)));
            return object;
        }
        Optional<Method> text = JsonShape.of(value.getClass()).text();
        if (text.isPresent()) {
            return NODES.textNode((String) get(text.get(), value));
        }
        if (value instanceof Enum<?> constant) {
            return NODES.textNode(constant.name());
        }
        if (value instanceof Record members) {
            return object(members);
        }
        throw new IllegalArgumentException(value.getClass() + " has no form in JSON");
    }

    static ObjectNode object(Record value) {
        ObjectNode object = NODES.objectNode();
        for (JsonShape.Member member : JsonShape.of(value.getClass()).members()) {
            Object content = member.isIgnored() ? null : get(member.accessor(), value);
            if (content != null) {
                object.set(member.name(), tree(content));
            }
        }
        return object;
    }

    /** @throws ForeignText.Malformed if the tree does not describe such a value, or the type's own checks reject it */
    static <T> T value(JsonNode tree, Class<T> type) throws ForeignText.Malformed {
        Object value = read(tree, type, "");
        if (value == null) {
            throw mismatch("");
        }
        return type.cast(value);
    }

    /** @param path where the tree is in the JSON, such as {@code .images[0].digest}, for messages */
    private static @Nullable Object read(JsonNode tree, Type type, String path) throws ForeignText.Malformed {
        if (type == JsonNode.class) {
            return tree.isMissingNode() ? null : tree;
        }
        if (tree.isNull() || tree.isMissingNode()) {
            return absent(type);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(tree, of[0], path)
                    : map(tree, of[1], generic.getRawType() == SortedMap.class, path);
        }
        if (type == String.class) {
            return require(tree, JsonNode::isValueNode, path)
                    .asText(); // Numbers, too: not all who write JSON know better.
        }
        if (type == boolean.class) {
            return require(tree, JsonNode::isBoolean, path).booleanValue();
        }
        if (type == int.class || type == Integer.class) {
            return require(tree, node -> node.isIntegralNumber() && node.canConvertToInt(), path)
                    .intValue();
        }
        if (type == long.class) {
            return require(tree, node -> node.isIntegralNumber() && node.canConvertToLong(), path)
                    .longValue();
        }
        return object(tree, (Class<?>) type, path);
    }

    private static @Nullable Object absent(Type type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    private static Object object(JsonNode tree, Class<?> type, String path) throws ForeignText.Malformed {
        Optional<Executable> creator = JsonShape.of(type).creator();
        if (creator.isPresent()) {
            return create(
                    creator.get(), require(tree, JsonNode::isTextual, path).textValue());
        }
        if (!type.isEnum()) {
            return record(require(tree, JsonNode::isObject, path), type, path);
        }
        String name = require(tree, JsonNode::isTextual, path).textValue();
        return Stream.of(type.getEnumConstants())
                .filter(constant -> tree(constant).textValue().equals(name))
                .findFirst()
                .orElseThrow(() -> mismatch(path));
    }

    private static List<Object> list(JsonNode tree, Type type, String path) throws ForeignText.Malformed {
        List<Object> list = new ArrayList<>();
        for (JsonNode element : require(tree, JsonNode::isArray, path)) {
            String place = path + "[" + list.size() + "]";
            Object value = read(element, type, place);
            if (value == null) {
                throw mismatch(place);
            }
            list.add(value);
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode tree, Type type, boolean sorted, String path)
            throws ForeignText.Malformed {
        Map<String, Object> map = sorted ? new TreeMap<>() : new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member :
                require(tree, JsonNode::isObject, path).properties()) {
            Object value = read(member.getValue(), type, path + "." + member.getKey());
            if (value != null) {
                map.put(member.getKey(), value);
            }
        }
        return map;
    }

    private static Object record(JsonNode tree, Class<?> type, String path) throws ForeignText.Malformed {
        JsonShape shape = JsonShape.of(type);
        List<JsonShape.Member> members = shape.members();
        @Nullable Object[] values = new @Nullable Object[members.size()];
        for (int i = 0; i < values.length; i++) {
            JsonShape.Member member = members.get(i);
            JsonNode content = member.isIgnored() ? NullNode.getInstance() : tree.path(member.name());
            values[i] = read(content, member.type(), path + "." + member.name());
        }
        return create(
                shape.constructor().orElseThrow(() -> new IllegalArgumentException(type + " is not a record")), values);
    }

    private static JsonNode require(JsonNode tree, Predicate<JsonNode> form, String path) throws ForeignText.Malformed {
        if (!form.test(tree)) {
            throw mismatch(path);
        }
        return tree;
    }

    private static ForeignText.Malformed mismatch(String path) {
        return new ForeignText.Malformed(
                path.isEmpty()
                        ? "it does not have the expected form"
                        : OneLine.of(
                                "its '" + path.replaceFirst("^\\.", "") + "' does not have the expected form", 200));
    }

    private static Object get(Method method, Object value) {
        try {
            return method.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("'" + method + "' only returns what it has", e);
        }
    }

    /** Calls a constructor, or a static method that makes a value. What they throw is a reason why the JSON cannot be used. */
    private static Object create(Executable creator, @Nullable Object... values) throws ForeignText.Malformed {
        try {
            return creator instanceof Constructor<?> constructor
                    ? constructor.newInstance(values)
                    : ((Method) creator).invoke(null, values);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Error error) {
                throw error;
            }
            throw new ForeignText.Malformed(OneLine.of(Reason.of(e.getTargetException()), 200));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("'" + creator + "' can be called", e);
        }
    }
}
