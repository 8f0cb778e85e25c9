package io.github.olympe.maven.patches.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.tree.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchReaderTest {

    @Test
    void readsInstancesWithTheirProperties() {
        Graph graph = read("""
                {"operations":[{"o":1,"t":"0a1b","p":{"ff023000000000000011":"Price","01aa":1.50,"v":3}}],
                 "optionalOperations":[{"o":1,"t":"0a00","p":{"ff023000000000000011":"Shop"}}],"rootTag":"0a1b"}
                """);

        assertThat(graph.instance("0a1b"))
                .contains(new Instance(
                        "0a1b",
                        "0a1b",
                        Origin.CREATED,
                        Map.of("ff023000000000000011", "\"Price\"", "01aa", "1.5", "v", "3")));
        assertThat(graph.instance("0a00").orElseThrow().origin()).isEqualTo(Origin.EXPECTED);
        assertThat(graph.instance("0a00").orElseThrow().root()).isEqualTo("0a1b");
        assertThat(graph.instance("0a1b").orElseThrow().name()).contains("Price");
    }

    @Test
    void readsRepeatedRelationsOnce() {
        Graph graph = read("""
                {"rootTag":"0a","optionalOperations":[{"o":4,"l":"01","m":"02","r":"03"}],
                 "operations":[{"o":4,"l":"01","m":"02","r":"04"},{"o":4,"l":"01","m":"02","r":"03"}]}
                """);

        assertThat(graph.relations("01"))
                .containsExactly(new Relation("01", "02", "03"), new Relation("01", "02", "04"));
        String twice = "{\"o\":4,\"l\":\"01\",\"m\":\"02\",\"r\":\"03\"}";
        assertThat(read("{\"rootTag\":\"0a\",\"operations\":[" + twice + "," + twice + "]}")
                        .relations("01"))
                .containsExactly(new Relation("01", "02", "03"));
    }

    @Test
    void contradictingPatchesGiveAPropertyAllTheirValuesInAnyOrder() {
        List<String> patches = Stream.of("\"0b\":10", "\"0b\":9,\"0c\":true", "\"0b\":9", "\"0d\":\"a\\nb\"")
                .map(properties ->
                        "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{" + properties + "}}],\"rootTag\":\"01\"}")
                .toList();

        Graph graph = read(patches.toArray(String[]::new));

        Map<String, String> properties = graph.instance("01").orElseThrow().properties();
        assertThat(JsonValue.alternatives(properties.get("0b"))).containsExactly("10", "9");
        assertThat(JsonValue.alternatives(properties.get("0c"))).containsExactly("true");
        assertThat(JsonValue.text(properties.get("0d"))).contains("a\nb");
        assertThat(read(patches.get(3), patches.get(1), patches.get(0))).isEqualTo(graph);
        assertThat(read(patches.get(1), patches.get(2))
                        .instance("01")
                        .orElseThrow()
                        .properties())
                .as("what they agree on has one value")
                .isEqualTo(Map.of("0b", "9", "0c", "true"));
    }

    @Test
    void aGraphThatIsAddedKeepsWhatAnUpdateOverrides() {
        String creation = "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{\"0b\":1}}],\"rootTag\":\"01\"}";
        String update = "{\"operations\":[{\"o\":2,\"t\":\"01\",\"p\":{\"0b\":2}}],\"rootTag\":\"01\"}";

        Graph grown = new GraphBuilder()
                .add(read(creation, update))
                .add(read(creation))
                .build();

        assertThat(grown).isEqualTo(read(creation, update));
    }

    @Test
    void anUpdateChangesAnInstanceInAnyOrder() {
        String update = "{\"operations\":[{\"o\":2,\"t\":\"01\",\"p\":{\"0b\":\"new\"}}],\"rootTag\":\"01\"}";
        String creation =
                "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{\"0b\":\"old\",\"0c\":true}}],\"rootTag\":\"01\"}";

        assertThat(read(update, creation)).isEqualTo(read(creation, update));
        assertThat(read(update, creation).instance("01").orElseThrow().properties())
                .containsOnly(Map.entry("0b", "\"new\""), Map.entry("0c", "true"));
    }

    @Test
    void formatAndOrderMakeNoDifference() {
        assertThat(read("""
                                {"operations":[{"o":1,"t":"01","p":{"0b":{"c":7,"r":1,"a":0.5},"0c":"a/b\\u00e9"}},
                                 {"o":4,"l":"01","m":"02","r":"03"}],"optionalOperations":[],"rootTag":"01"}
                                """)).isEqualTo(read("""
                                {"rootTag": "01", "operations": [
                                  {"r": "03", "m": "02", "l": "01", "o": 4, "i": -1},
                                  {"p": {"0c": "a\\/bé", "0b": {"a": 5e-1, "c": 7, "r": 1.0}}, "t": "01", "o": 1}
                                ]}
                                """));
    }

    @Test
    void aByteOrderMarkMakesNoDifference() {
        String patch = "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{}}],\"rootTag\":\"01\"}";

        assertThat(read("\ufeff" + patch)).isEqualTo(read(patch));
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "1.0,1",
        "100,100",
        "1e2,100",
        "0.10,0.1",
        "-0.0,0",
        "-0,0",
        "1E30,1000000000000000000000000000000",
        "1E31,1E+31",
        "1E400,1E+400",
        "12345678901234567890,12345678901234567890"
    })
    void writesNumbersInOneForm(String written, String form) {
        Graph graph =
                read("{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{\"0b\":" + written + "}}],\"rootTag\":\"01\"}");

        assertThat(graph.instance("01").orElseThrow().properties()).containsEntry("0b", form);
    }

    @Test
    void writesListsAndObjectsInOneForm() {
        Graph graph = read(
                "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{\"0b\": [ 1.0, {\"b\" : true, \"a\" : [ ] }, null ]}}],\"rootTag\":\"01\"}");

        assertThat(graph.instance("01").orElseThrow().properties())
                .containsEntry("0b", "[1,{\"a\":[],\"b\":true},null]");
    }

    @Test
    void aTextIsReadWithItsEscapes() {
        assertThat(JsonValue.text("\"a\\\"b\\\\c\"")).contains("a\"b\\c");
        assertThat(JsonValue.text("\"\\n\"")).contains("\n");
        assertThat(JsonValue.text("\"plain\"")).contains("plain");
        assertThat(JsonValue.text("\"\"")).contains("");
        assertThat(JsonValue.text("1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"operations\":[",
                "{\"operations\":{},\"rootTag\":\"01\"}",
                "{\"operations\":[1],\"rootTag\":\"01\"}",
                "{\"operations\":[{\"o\":3,\"t\":\"01\"}],\"rootTag\":\"01\"}",
                "{\"operations\":[{\"o\":1,\"p\":{}}],\"rootTag\":\"01\"}",
                "{\"operations\":[{\"o\":1,\"t\":\"x-z\",\"p\":{}}],\"rootTag\":\"01\"}",
                "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":[]}],\"rootTag\":\"01\"}",
                "{\"operations\":[{\"o\":4,\"l\":\"01\",\"m\":\"02\"}],\"rootTag\":\"01\"}",
                "{\"operations\":[]}",
                "{\"operations\":[],\"rootTag\":7}",
                "{\"operations\":[],\"rootTag\":\"01\"} x",
                "<<<<<<< HEAD\n{\"operations\":[],\"rootTag\":\"01\"}\n",
            })
    void aBrokenPatchIsAnErrorWithItsPlace(String patch) {
        assertThatThrownBy(() -> read(patch))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The patch 'snapshot/0.newInst.json' is broken at line ")
                .hasMessageEndingWith("Restore it from git, or take the snapshot again.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; a patch is a JSON object",
                "{'operations':{},'rootTag':'01'}; operations are a list",
                "{'operations':[1],'rootTag':'01'}; an operation is a JSON object",
                "{'operations':[],'rootTag':'01'} {}; there is something after its end",
                "{'operations':[]}; it has no 'rootTag'",
            })
    void theErrorSaysWhatAPatchHasToBe(String patch, String rule) {
        assertThatThrownBy(() -> read(patch.replace('\'', '"'))).hasMessageContaining(": " + rule + ". Restore it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"09", "az", "AZ", "ff02200000000000000u"})
    void aTagConsistsOfLettersAndDigits(String tag) {
        assertThat(ofTag(tag).instance(tag)).isPresent();
        assertThat(ofTag("0".repeat(64)).instances()).hasSize(1);
    }

    /** The characters beside the letters and digits. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a/", "a:", "a@", "a[", "a`", "a{", "\u00e9"})
    void whatHasAnotherCharacterOrIsLongIsNoTag(String tag) {
        assertThatThrownBy(() -> ofTag(tag)).hasMessageContaining("'t' is not a tag");
        assertThatThrownBy(() -> ofTag("0".repeat(65))).hasMessageContaining("'t' is not a tag");
    }

    private static Graph ofTag(String tag) {
        return read("{\"operations\":[{\"o\":1,\"t\":\"" + tag + "\",\"p\":{}}],\"rootTag\":\"01\"}");
    }

    @Test
    void theErrorNamesLineAndColumn() {
        assertThatThrownBy(() -> read("{\"operations\":[\n  {\"o\":1,\"t\":7}]}"))
                .hasMessage(
                        "The patch 'snapshot/0.newInst.json' is broken at line 2, column 14:"
                                + " 't' is not a tag, which consists of letters and digits. Restore it from git, or take the snapshot again.");
    }

    private static Graph read(String... patches) {
        PatchReader reader = new PatchReader(new Interner());
        GraphBuilder graph = new GraphBuilder();
        for (int i = 0; i < patches.length; i++) {
            reader.read(new Text("snapshot/" + i + ".newInst.json", patches[i]), graph);
        }
        return graph.build();
    }

    private record Text(String place, String text) implements Content {

        @Override
        public long size() {
            return text.length();
        }

        @Override
        public String id() {
            return text;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
