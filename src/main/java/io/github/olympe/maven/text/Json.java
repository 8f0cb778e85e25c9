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
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as trees. Numbers keep the digits they are written with. What is read is at most 1000 levels deep.
 *
 * <p>The trees are Jackson's, and so are the parser and the generator. Between them stands this class and not Jackson's mapper, which brings
 * some four hundred classes made for other ends: loading them takes 0.18 seconds, each time that Maven runs.
 */
public final class Json {

    private static final JsonFactory LENIENT = new JsonFactory();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter INDENTED =
            new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES);

    private Json() {}

    /** A new object without members. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A new array without elements. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * Reads a text; where an object names a member twice, the last one counts.
     *
     * @return the tree, a {@link MissingNode} for a text with nothing in it
     * @throws JsonProcessingException if it is not JSON, or something comes after it
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return parse(LENIENT, text);
    }

    /** As {@link #parse}, for what people write by hand: an object that names a member twice is an error as well. */
    public static JsonNode parseStrictly(String text) throws JsonProcessingException {
        return parse(STRICT, text);
    }

    /** The tree as a text of one line. */
    public static String text(JsonNode tree) {
        return written(tree, null);
    }

    /** The tree in UTF-8, on one line. */
    public static byte[] bytes(JsonNode tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The tree as a text for people, each member and element on a line of its own, with a line end at its end. */
    public static String indented(JsonNode tree) {
        return written(tree, INDENTED.createInstance()) + "\n";
    }

    /** A value as JSON in UTF-8, on one line. */
    public static byte[] bytes(Object value) {
        try {
            return Mapper.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a value that can be written", e);
        }
    }

    /** A value as JSON for people, each member and element on a line of its own, with a line end at its end. */
    public static String indented(Object value) {
        JsonNode tree = Mapper.MAPPER.valueToTree(value);
        return indented(tree);
    }

    /**
     * The value of this type that a tree describes; members that it does not know are passed over.
     *
     * @throws JsonProcessingException if the tree is not one, or the type's own checks say so
     */
    public static <T> T value(JsonNode tree, Class<T> type) throws JsonProcessingException {
        return Mapper.MAPPER.treeToValue(tree, type);
    }

    /** Jackson's mapper, which is loaded when it is first needed. */
    private static final class Mapper {

        static final ObjectMapper MAPPER = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static JsonNode parse(JsonFactory factory, String text) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode tree = value(parser);
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

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
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
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    private static String written(JsonNode tree, @Nullable DefaultPrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = LENIENT.createGenerator(text)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            write(tree, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
        return text.toString();
    }

    private static void write(JsonNode tree, JsonGenerator generator) throws IOException {
        switch (tree.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject();
                for (var member : tree.properties()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray();
                for (JsonNode element : tree) {
                    write(element, generator);
                }
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(tree.textValue());
            case NUMBER -> generator.writeNumber(tree.asText());
            case BOOLEAN -> generator.writeBoolean(tree.booleanValue());
            default -> generator.writeNull();
        }
    }
}
