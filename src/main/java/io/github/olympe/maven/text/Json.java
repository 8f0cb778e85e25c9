package io.github.olympe.maven.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON (RFC 8259) as trees and as values, with the one Jackson mapper that the whole plugin uses. Numbers keep the digits
 * they are written with. JSON may be at most 1000 levels deep.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter INDENTED =
            new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES);

    private Json() {}

    /** Returns a new object without members. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns a new array without elements. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * Reads a text. If an object names a member twice, the last one counts.
     *
     * @return the tree, a {@link MissingNode} if the text is empty
     * @throws JsonProcessingException if it is not JSON, or something comes after it
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return parse(MAPPER.getFactory(), text);
    }

    /** Does what {@link #parse} does, for JSON that people write by hand: an object that names a member twice is an error. */
    public static JsonNode parseStrictly(String text) throws JsonProcessingException {
        return parse(STRICT, text);
    }

    private static JsonNode parse(JsonFactory factory, String text) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(text)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null) {
                return MissingNode.getInstance();
            }
            // Checked here because the mapper's own message quotes the text, which may hold a secret.
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

    /** Writes a tree or a value on one line. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a value that can be written", e);
        }
    }

    /** Writes a tree or a value on one line, in UTF-8. */
    public static byte[] bytes(Object value) {
        // Not with the mapper: when it writes bytes, it escapes characters above U+FFFF, which it does not do in text.
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a tree or a value for people to read: each member and element on its own line, and a line end after the last. */
    public static String indented(Object value) {
        try {
            return MAPPER.writer(INDENTED).writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a value that can be written", e);
        }
    }

    /**
     * Converts a tree to a value of this type. Unknown members are ignored.
     *
     * @throws JsonProcessingException if the tree does not describe such a value, or the type's own checks reject it
     */
    public static <T> T value(JsonNode tree, Class<T> type) throws JsonProcessingException {
        if (tree.isNull() || tree.isMissingNode()) {
            throw JsonMappingException.from((JsonParser) null, "it is null");
        }
        return MAPPER.treeToValue(tree, type);
    }
}
