package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jackson's own mapper is the model: what it makes of records, this class makes too. */
class JsonRecordsTest {

    private static final JsonMapper MODEL = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .build();

    private enum Colour {
        RED,
        GREEN
    }

    private enum Size {
        SMALL,
        LARGE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Name(String value) {

        @JsonCreator
        static Name of(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a name has no letters");
            }
            return new Name(text.strip());
        }

        @Override
        @JsonValue
        public String value() {
            return value;
        }
    }

    private record Part(String kind, long size) {
        Part {
            Objects.requireNonNull(kind, "a part has no 'kind'");
        }
    }

    private record Whole(
            int number,
            long large,
            boolean flag,
            @Nullable Integer line,
            @Nullable String text,
            @Nullable Name name,
            @Nullable Colour colour,
            @Nullable Size size,
            @Nullable JsonNode any,
            @Nullable Part part,
            @Nullable List<Part> parts,
            @Nullable List<List<String>> lines,
            @Nullable Map<String, Part> byName,
            @Nullable SortedMap<String, String> sorted,
            @JsonIgnore @Nullable String hidden) {

        String notAMember() {
            return "x";
        }
    }

    private static Whole any(Random random) {
        return new Whole(
                random.nextInt(),
                random.nextLong(),
                random.nextBoolean(),
                random.nextBoolean() ? random.nextInt() : null,
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? new Name("n" + random.nextInt(9)) : null,
                random.nextBoolean() ? Colour.values()[random.nextInt(2)] : null,
                random.nextBoolean() ? Size.values()[random.nextInt(2)] : null,
                random.nextBoolean() ? Json.object().put(text(random), random.nextInt()) : null,
                random.nextBoolean() ? part(random) : null,
                random.nextBoolean()
                        ? IntStream.range(0, random.nextInt(4))
                                .mapToObj(i -> part(random))
                                .toList()
                        : null,
                random.nextBoolean() ? List.of(List.of(), List.of(text(random), text(random))) : null,
                random.nextBoolean() ? new LinkedHashMap<>(Map.of(text(random), part(random))) : null,
                random.nextBoolean() ? new TreeMap<>(Map.of("b", text(random), "a", text(random))) : null,
                null);
    }

    private static Part part(Random random) {
        return new Part(text(random), random.nextLong());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(9), 0, 0x300)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @RepeatedTest(200)
    void writesAndReadsWhatJacksonsMapperDoes(RepetitionInfo repetition) throws IOException {
        Whole whole = any(new Random(repetition.getCurrentRepetition()));
        String text = Json.text(whole);

        assertThat(text).isEqualTo(MODEL.writeValueAsString(whole));
        assertThat(Json.text(List.of(whole))).isEqualTo("[" + text + "]");
        assertThat(Json.value(Json.parse(text), Whole.class))
                .isEqualTo(whole)
                .isEqualTo(MODEL.readValue(text, Whole.class));
    }

    @Test
    void leavesOutWhatIsNullOrToBeIgnored() throws IOException {
        Whole whole = Json.value(Json.parse("{\"text\": null, \"hidden\": \"x\", \"unknown\": [1]}"), Whole.class);

        assertThat(whole.text()).isNull();
        assertThat(whole.hidden()).isNull();
        assertThat(whole.number()).isZero();
        assertThat(whole.flag()).isFalse();
        assertThat(Json.text(whole)).isEqualTo("{\"number\":0,\"large\":0,\"flag\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | it does not have the expected form",
                "null | it does not have the expected form",
                "\"x\" | it does not have the expected form",
                "{\"number\": \"1\"} | its 'number' does not have the expected form",
                "{\"number\": 1.5} | its 'number' does not have the expected form",
                "{\"number\": 4294967296} | its 'number' does not have the expected form",
                "{\"large\": 9223372036854775808} | its 'large' does not have the expected form",
                "{\"flag\": 1} | its 'flag' does not have the expected form",
                "{\"line\": true} | its 'line' does not have the expected form",
                "{\"text\": [1]} | its 'text' does not have the expected form",
                "{\"colour\": \"red\"} | its 'colour' does not have the expected form",
                "{\"size\": \"LARGE\"} | its 'size' does not have the expected form",
                "{\"size\": {}} | its 'size' does not have the expected form",
                "{\"name\": {}} | its 'name' does not have the expected form",
                "{\"name\": \" \"} | a name has no letters",
                "{\"part\": []} | its 'part' does not have the expected form",
                "{\"part\": {}} | a part has no 'kind'",
                "{\"parts\": {}} | its 'parts' does not have the expected form",
                "{\"parts\": [{\"kind\": \"a\"}, {\"kind\": \"b\", \"size\": \"c\"}]} | its 'parts[1].size' does not have the expected form",
                "{\"parts\": [null]} | its 'parts[0]' does not have the expected form",
                "{\"lines\": [[], [\"a\", []]]} | its 'lines[1][1]' does not have the expected form",
                "{\"byName\": {\"a.b\": {\"kind\": {}}}} | its 'byName.a.b.kind' does not have the expected form",
                "{\"sorted\": []} | its 'sorted' does not have the expected form",
            })
    void saysWhatIsWrong(String json, String reason) {
        assertThatThrownBy(() -> Json.value(Json.parse(json), Whole.class))
                .isInstanceOfSatisfying(
                        ForeignText.Malformed.class,
                        malformed -> assertThat(malformed.reason()).isEqualTo(reason));
    }

    @Test
    void aTextMayBeWrittenAsANumber() throws IOException {
        String json = "{\"text\": 1.50}";

        assertThat(Json.value(Json.parse(json), Whole.class).text()).isEqualTo("1.50");
        assertThat(MODEL.readValue(json, Whole.class).text()).isEqualTo("1.50");
    }

    private record Faulty(String text) {
        Faulty {
            throw new AssertionError(text);
        }
    }

    @Test
    void anErrorOfJavaIsNotAFaultOfTheJson() throws IOException {
        JsonNode json = Json.parse("{\"text\": \"out of memory\"}");

        assertThatThrownBy(() -> Json.value(json, Faulty.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("out of memory");
    }

    @Test
    void aMapLeavesOutWhatIsNull() throws IOException {
        assertThat(Json.value(Json.parse("{\"sorted\": {\"b\": null, \"c\": \"d\"}}"), Whole.class)
                        .sorted())
                .containsExactly(Map.entry("c", "d"));
    }

    @Test
    void refusesToWriteWhatIsNoRecord() {
        assertThatThrownBy(() -> Json.text(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
