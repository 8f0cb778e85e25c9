package io.github.olympe.maven.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads and writes JSON (RFC 8259) as trees and as records. Numbers keep the digits they are written with. JSON may be at most 1000 levels
 * deep.
 *
 * <p>Jackson's parser and generator do it, without its mapper: loading the mapper takes 0.4 seconds in each new JVM, and each goal reads and
 * writes some JSON.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private Json() {}

    /** Returns a new object without members. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Returns the object that a record is: a member for each component, in their order. {@link JsonRecords} has the details. */
    public static ObjectNode object(Record value) {
        return JsonRecords.object(value);
    }

    /** Returns a new array without elements. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * Reads a text. If an object names a member twice, the last one counts.
     *
     * @return the tree, a {@link MissingNode} if the text is empty
     * @throws JsonProcessingException if it is not JSON, or something comes after it
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return parse(FACTORY, text);
    }

    /** Does what {@link #parse} does, for JSON that people write by hand: an object that names a member twice is an error. */
    public static JsonNode parseStrictly(String text) throws JsonProcessingException {
        return parse(STRICT, text);
    }

    private static JsonNode parse(JsonFactory factory, String text) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode tree = read(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "There is something after its end", parser.currentTokenLocation());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be read", e);
        }
    }

    /** Reads the value that begins with the current token. The parser limits how deep this goes. */
    private static JsonNode read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = object();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, read(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = array();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    /** Writes a tree, a record, or a list or map of those on one line. */
    public static String text(Object value) {
        return write(value, false);
    }

    /** Writes a tree, a record, or a list or map of those on one line, in UTF-8. */
    public static byte[] bytes(Object value) {
        // Not by a generator of bytes, which escapes characters above U+FFFF. One of text does not.
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a tree, a record, or a list or map of those for people to read: each member and element on its own line, and a line end after the last. */
    public static String indented(Object value) {
        return write(value, true) + "\n";
    }

    private static String write(Object value, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (indented) {
                generator.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            }
            write(JsonRecords.tree(value), generator);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a value that can be written", e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator generator) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject(node, node.size());
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray(node, node.size());
                for (JsonNode element : node) {
                    write(element, generator);
                }
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(node.textValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NUMBER -> {
                switch (node.numberType()) {
                    case INT, LONG -> generator.writeNumber(node.longValue());
                    case BIG_INTEGER -> generator.writeNumber(node.bigIntegerValue());
                    case BIG_DECIMAL -> generator.writeNumber(node.decimalValue());
                    default -> generator.writeNumber(node.doubleValue());
                }
            }
            default -> generator.writeNull();
        }
    }

    /**
     * Converts a tree to a value of this type. Unknown members are ignored, and missing ones are {@code null}, 0 or {@code false}.
     *
     * @throws ForeignText.Malformed if the tree does not describe such a value, or the type's own checks reject it
     */
    public static <T> T value(JsonNode tree, Class<T> type) throws ForeignText.Malformed {
        return JsonRecords.value(tree, type);
    }
}
