package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"\"",
                "[]",
                "{}",
                "0",
                "-1",
                "2147483648",
                "9223372036854775808",
                "123456789012345678901234567890",
                "1.50",
                "0.1234567890123456789012345",
                "1E+400",
                "{\"a\":[1,{\"b\":null}],\"ü\\u0000\\\"\":\"\\n\uD83D\uDE00\"}"
            })
    void writesWhatItRead(String text) throws IOException {
        assertThat(Json.text(Json.parse(text))).isEqualTo(text);
        assertThat(Json.text(Json.parseStrictly(" " + text + "\n"))).isEqualTo(text);
        assertThat(new String(Json.bytes(Json.parse(text)), "UTF-8")).isEqualTo(text);
        assertThat(Json.indented(Json.parse(text))).endsWith("\n");
        assertThat(Json.parse(Json.indented(Json.parse(text)))).isEqualTo(Json.parse(text));
    }

    @RepeatedTest(200)
    void writesAndReadsAnyTree(RepetitionInfo repetition) throws IOException {
        JsonNode tree = tree(new Random(repetition.getCurrentRepetition()), 5);
        JsonMapper mapper = new JsonMapper();

        assertThat(Json.text(tree)).isEqualTo(mapper.writeValueAsString(tree));
        assertThat(Json.parse(mapper.writeValueAsString(tree))).isEqualTo(tree);
        assertThat(mapper.readTree(Json.indented(tree))).isEqualTo(tree);
    }

    private static JsonNode tree(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0:
                return nodes.nullNode();
            case 1:
                return nodes.booleanNode(random.nextBoolean());
            case 2:
                return nodes.numberNode(random.nextInt());
            case 3:
                return nodes.numberNode((long) Integer.MAX_VALUE + 1 + random.nextInt(1000));
            case 4:
                return nodes.textNode(text(random));
            case 5:
                ArrayNode array = Json.array();
                random.ints(random.nextInt(5)).forEach(i -> array.add(tree(random, depth - 1)));
                return array;
            default:
                ObjectNode object = Json.object();
                random.ints(random.nextInt(5)).forEach(i -> object.set(text(random), tree(random, depth - 1)));
                return object;
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(9), 0, 0x300)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void textWithoutContentIsMissing() throws IOException {
        assertThat(Json.parse(" \n").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\"}", "nul", "[1]]", "1 2", "{} x", "'a'", "[01]", "\"a", "{\"a\":1}{"})
    void refusesTextThatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.parseStrictly(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void inStrictModeRefusesADuplicateMember() throws IOException {
        String text = "{\"a\": {\"b\": 1, \"b\": 2}}";

        assertThat(Json.text(Json.parse(text))).isEqualTo("{\"a\":{\"b\":2}}");
        assertThatThrownBy(() -> Json.parseStrictly(text)).hasMessageContaining("Duplicate field 'b'");
    }

    @Test
    void refusesJsonDeeperThanAThousandLevels() throws IOException {
        assertThat(Json.parse("[".repeat(1000) + "]".repeat(1000)).size()).isEqualTo(1);
        assertThatThrownBy(() -> Json.parse("[".repeat(1001) + "]".repeat(1001)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void writesEachMemberOnItsOwnLine() throws IOException {
        assertThat(Json.indented(Json.parse("{\"a\":[1,{}],\"b\":\"c\"}"))).isEqualTo("""
                {
                  "a" : [
                    1,
                    { }
                  ],
                  "b" : "c"
                }
                """);
    }
}
