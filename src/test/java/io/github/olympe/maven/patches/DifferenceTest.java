package io.github.olympe.maven.patches;

import static io.github.olympe.maven.patches.change.SmallSnapshot.FUNCTION;
import static io.github.olympe.maven.patches.change.SmallSnapshot.INPUT;
import static io.github.olympe.maven.patches.change.SmallSnapshot.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.patches.change.SmallSnapshot;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@code diff} writes for people, for merge requests and for tools. */
class DifferenceTest {

    private static final SecretMask NO_SECRETS = new SecretMask();

    private static final String SOURCE = "0168a431d91f25780002";

    /** A function, and one that uses it. */
    private static SmallSnapshot shop(boolean withPrice) {
        SmallSnapshot shop = new SmallSnapshot().folder(1, "Shop_1");
        if (withPrice) {
            shop.brick(10, 1, FUNCTION, "Price").part(11, INPUT, "rate");
        }
        return shop.brick(20, 1, FUNCTION, "Cart").part(21, tag(10), "").relate(tag(21), SOURCE, tag(11));
    }

    private static ContentTree files(Map<String, String> targetsByPath, String attributes) {
        TreeMap<String, Content> files = new TreeMap<>();
        targetsByPath.forEach((path, text) -> files.put(path, StreamedContents.text("the test", text, attributes)));
        return new ContentTree("files", files);
    }

    private static State image(
            String name, SmallSnapshot snapshot, Map<String, ContentTree> files, Map<String, String> settings) {
        return new State(name, Optional.of(snapshot.codeAsData()), files)
                .withImage(new State.Image(new TreeMap<>(settings), 3));
    }

    private static Difference between(State before, State after) {
        return Difference.between(before, after, "@acme/shop", tags -> Map.of());
    }

    private static Difference everything() {
        return between(
                image(
                        "main-1",
                        shop(true),
                        Map.of("frontend", files(Map.of("a.js", "1", "b.js", "1"), "0644, 0:0")),
                        Map.of("User", "root", "Cmd", "start")),
                image(
                        "main-2",
                        shop(false),
                        Map.of(
                                "frontend", files(Map.of("a.js", "2"), "0600, 0:0"),
                                "backend", files(Map.of("c.js", "3"), "")),
                        Map.of("User", "1000", "WorkingDir", "/app")));
    }

    @Test
    void theLogHasALineForEachChange() {
        assertThat(everything().lines())
                .containsExactly(
                        "Shop_1:",
                        "  Deleted function 'Price', still used by 'Cart'",
                        "backend: c.js added (0 B)",
                        "frontend: a.js changed (0600, 0:0, before 0644, 0:0)",
                        "frontend: b.js deleted",
                        "configuration: Cmd removed (was 'start')",
                        "configuration: User changed from 'root' to '1000'",
                        "configuration: WorkingDir set to '/app'",
                        "The environment imports nothing; 1 deleted brick stays in its database.",
                        "1 change in 1 folder: 1 deleted; 1 file of backend changed; 2 files of frontend changed;"
                                + " 3 settings of the image changed.");
        assertThat(everything().isEmpty()).isFalse();
    }

    @Test
    void aMergeRequestGetsAListByFolders() {
        assertThat(DiffMarkdown.of(everything(), NO_SECRETS).lines())
                .containsExactly(
                        "## Changes from main-1 to main-2",
                        "",
                        "1 change in 1 folder: 1 deleted; 1 file of backend changed; 2 files of frontend changed;"
                                + " 3 settings of the image changed",
                        "",
                        "### Shop\\_1",
                        "",
                        "- Deleted function 'Price', still used by 'Cart'",
                        "",
                        "### Files",
                        "",
                        "- backend: c.js added (0 B)",
                        "- frontend: a.js changed (0600, 0:0, before 0644, 0:0)",
                        "- frontend: b.js deleted",
                        "",
                        "### Configuration",
                        "",
                        "- configuration: Cmd removed (was 'start')",
                        "- configuration: User changed from 'root' to '1000'",
                        "- configuration: WorkingDir set to '/app'",
                        "",
                        "### Import",
                        "",
                        "The environment imports nothing; 1 deleted brick stays in its database.");
    }

    private static String json(Difference difference) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiffJson.write(difference, NO_SECRETS, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void toolsGetAllInJson() throws IOException {
        String price = "\"kind\":\"function\",\"name\":\"Price\",\"tag\":\"" + tag(10) + "\",\"folder\":\"Shop_1\"";
        String cart = "{\"kind\":\"function\",\"name\":\"Cart\",\"tag\":\"" + tag(20) + "\",\"folder\":\"Shop_1\"}";
        String text = json(everything());

        assertThat(text).startsWith("{\n  \"from\" : \"main-1\",\n").endsWith("}\n");
        assertThat(Json.parse(text))
                .isEqualTo(Json.parse("{\"from\":\"main-1\",\"to\":\"main-2\",\"changes\":[{\"change\":\"deleted\","
                        + price
                        + ",\"details\":[{\"change\":\"deleted\",\"kind\":\"input\",\"name\":\"rate\",\"tag\":\""
                        + tag(11)
                        + "\",\"usedBy\":[" + cart
                        + "],\"text\":\"input 'rate' deleted though 'Cart' still uses it\"}],"
                        + "\"usedBy\":[" + cart + "],\"text\":\"Deleted function 'Price', still used by 'Cart'\"}],"
                        + "\"files\":["
                        + "{\"change\":\"added\",\"part\":\"backend\",\"path\":\"c.js\",\"to\":{\"size\":0}},"
                        + "{\"change\":\"changed\",\"part\":\"frontend\",\"path\":\"a.js\","
                        + "\"from\":{\"size\":0,\"attributes\":\"0644, 0:0\"},\"to\":{\"size\":0,\"attributes\":\"0600, 0:0\"}},"
                        + "{\"change\":\"deleted\",\"part\":\"frontend\",\"path\":\"b.js\","
                        + "\"from\":{\"size\":0,\"attributes\":\"0644, 0:0\"}}],"
                        + "\"settings\":[{\"name\":\"Cmd\",\"from\":\"start\"},"
                        + "{\"name\":\"User\",\"from\":\"root\",\"to\":\"1000\"},{\"name\":\"WorkingDir\",\"to\":\"/app\"}],"
                        + "\"forecast\":{\"new\":[],\"changed\":[],\"deleted\":[{" + price + "}],"
                        + "\"files\":{\"imported\":[],\"deleted\":[\"Bricks/10.newInst.json\"],\"unchanged\":2,"
                        + "\"unchangedLayers\":3},"
                        + "\"text\":\"The environment imports nothing; 1 deleted brick stays in its database.\"}}"));
    }

    @Test
    void aValueInJsonIsThatOfTheProperty() throws IOException {
        JsonNode detail = Json.parse(json(between(
                        new State("a", Optional.of(shop(true).set(20, "v", "1").codeAsData()), Map.of()),
                        new State("b", Optional.of(shop(true).set(20, "v", "2").codeAsData()), Map.of()))))
                .path("changes")
                .path(0)
                .path("details")
                .path(0);

        assertThat(Json.text(detail))
                .isEqualTo(
                        "{\"change\":\"changed\",\"kind\":\"\",\"name\":\"\",\"tag\":\"" + tag(20)
                                + "\",\"property\":\"version\",\"from\":\"1\",\"to\":\"2\",\"text\":\"version changed from '1' to '2'\"}");
    }

    @Test
    void theFilesAreInTheFolderDiff() {
        DiffFiles files = DiffFiles.in(Path.of("target/olympe"), NO_SECRETS);

        assertThat(files.json()).isEqualTo(Path.of("target/olympe/diff/diff.json"));
        assertThat(files.markdown()).isEqualTo(Path.of("target/olympe/diff/diff.md"));
    }

    @Test
    void equalStatesHaveNoDifference() throws IOException {
        Difference none = between(
                image("a", shop(true), Map.of(), Map.of("User", "root")),
                image("b", shop(true), Map.of(), Map.of("User", "root")));

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.lines()).containsExactly("The environment imports nothing.", "No changes.");
        assertThat(DiffMarkdown.of(none, NO_SECRETS))
                .doesNotContain("### Files", "### Configuration")
                .contains("No changes");
        assertThat(Json.parse(json(none)).has("settings")).isFalse();
        assertThat(between(
                                image("a", shop(true), Map.of(), Map.of("User", "root")),
                                image("b", shop(true), Map.of(), Map.of()))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void onlyTwoImagesHaveSettingsToCompare() {
        State image = image("a", shop(true), Map.of(), Map.of("User", "root"));
        State snapshot = new State("b", Optional.of(shop(true).codeAsData()), Map.of());

        assertThat(between(image, snapshot).settings()).isEmpty();
        assertThat(between(snapshot, image).settings()).isEmpty();
    }

    /** Code as data that was gathered from the packages of a project. */
    private static State gathered(String name, boolean withPrice) {
        TreeMap<String, Content> files = new TreeMap<>();
        shop(withPrice).tree().files().forEach((path, content) -> files.put("acme.shop/" + path, content));
        new SmallSnapshot()
                .folder(50, "Library")
                .tree()
                .files()
                .forEach((path, content) -> files.put("b.library/" + path, content));
        files.putAll(new SmallSnapshot()
                .file(
                        "import_order.json",
                        "[{\"name\":\"@b/library\",\"path\":\"b.library\"},{\"name\":\"@acme/shop\",\"path\":\"acme.shop\"}]")
                .tree()
                .files());
        return new State(name, Optional.of(CodeAsData.of(new ContentTree(name, files))), Map.of());
    }

    @Test
    void aSnapshotIsComparedWithItsPartOfGatheredPackages() {
        State snapshot = new State("HEAD", Optional.of(shop(false).codeAsData()), Map.of());

        for (Difference difference :
                List.of(between(gathered("dist", true), snapshot), between(snapshot, gathered("dist", true)))) {
            assertThat(difference.codeAsData().summary()).startsWith("1 change in 1 folder");
            assertThat(difference.files()).isEmpty();
            assertThat(difference.forecast()).isEmpty();
        }
        assertThatThrownBy(() -> Difference.between(gathered("dist", true), snapshot, "@acme/other", tags -> Map.of()))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The code as data of 'dist' has no package '@acme/other' to compare with a snapshot; it has"
                        + " @b/library, @acme/shop. Check the name in package.json.");
    }

    @Test
    void gatheredPackagesAreComparedAsAWhole() {
        Difference difference = between(gathered("a", true), gathered("b", false));

        assertThat(difference.codeAsData().summary()).startsWith("1 change in 1 folder");
        assertThat(difference.forecast().orElseThrow().gone()).containsExactly("acme.shop/Bricks/10.newInst.json");
        assertThat(between(gathered("a", true), new State("b", Optional.empty(), Map.of()))
                        .codeAsData()
                        .summary())
                .as("nothing is left")
                .startsWith("4 changes");
        assertThat(between(new State("a", Optional.empty(), Map.of()), gathered("b", true))
                        .codeAsData()
                        .summary())
                .as("nothing was there")
                .startsWith("4 changes");
    }

    @Test
    void withoutCodeAsDataThereIsNoForecast() {
        State with = new State("a", Optional.of(shop(true).codeAsData()), Map.of());
        State without = new State("b", Optional.empty(), Map.of("", files(Map.of("a.js", "1"), "")));

        assertThat(between(without, with).forecast()).isPresent();
        assertThat(between(with, without).forecast()).isEmpty();
        assertThat(between(without, without).forecast()).isEmpty();
        State.Image config = new State.Image(new TreeMap<>(), 0);
        assertThat(between(with.withImage(config), without.withImage(config)).forecast())
                .as("an image whose code as data is gone")
                .isPresent();
        assertThat(between(without, with).lines())
                .contains("a.js deleted")
                .last()
                .asString()
                .endsWith("; 1 file changed.");
    }
}
