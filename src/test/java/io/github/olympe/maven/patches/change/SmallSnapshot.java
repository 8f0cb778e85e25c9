package io.github.olympe.maven.patches.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A snapshot of a few bricks. Bricks and their parts are named by small numbers, which their tags end with. */
public final class SmallSnapshot {

    /** Models of bricks. */
    public static final String FOLDER = "01612df1db9749227626";

    public static final String FUNCTION = "01621fb84e320000f000";
    public static final String INPUT = "0168a431d25001540001";
    public static final String OUTPUT = "0168a431d25001540002";
    public static final String TYPE = "0168a431d3b9b7438424";

    private final Map<String, ObjectNode> patches = new LinkedHashMap<>();
    private final Map<Integer, ObjectNode> byBrick = new LinkedHashMap<>();
    private final Map<Integer, ObjectNode> properties = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private int current;

    /** The tag of a brick or part. */
    public static String tag(int number) {
        return String.format("0198a000000000%06x", number);
    }

    /** A folder of the project, in a folder of files with its name. */
    public SmallSnapshot folder(int number, String name) {
        patch(number, name + "/." + name + ".newInst.json");
        return instance(number, name, FOLDER);
    }

    /** A brick in a folder. */
    public SmallSnapshot brick(int number, int folder, String model, String name) {
        patch(number, "Bricks/" + number + ".newInst.json");
        instance(number, name, model);
        return relate(tag(folder), KnownTags.ITEM, tag(number));
    }

    /** A part of the last brick; it has no name if that is empty. */
    public SmallSnapshot part(int number, String model, String name) {
        instance(number, name, model);
        return relate(tag(current), KnownTags.OWNS, tag(number));
    }

    /** Something in the last brick's patch that nothing owns. */
    public SmallSnapshot instance(int number, String name, String model) {
        ObjectNode operation = operations("operations").addObject().put("o", 1).put("t", tag(number));
        properties.put(number, operation.putObject("p"));
        if (!name.isEmpty()) {
            set(number, KnownTags.NAME, name);
        }
        return relate(tag(number), KnownTags.MODEL, model);
    }

    /** A relation in the last brick's patch. */
    public SmallSnapshot relate(String from, String type, String to) {
        operations("operations")
                .addObject()
                .put("o", 4)
                .put("l", from)
                .put("m", type)
                .put("r", to);
        return this;
    }

    /** The text of a property. */
    public SmallSnapshot set(int number, String property, String value) {
        return set(number, property, new TextNode(value));
    }

    /** A property. */
    public SmallSnapshot set(int number, String property, JsonNode value) {
        properties.get(number).set(property, value);
        return this;
    }

    private void patch(int brick, String path) {
        current = brick;
        ObjectNode patch = Json.object().put("rootTag", tag(brick));
        patches.put(path, patch);
        byBrick.put(brick, patch);
    }

    private ArrayNode operations(String list) {
        return byBrick.get(current).withArray(list);
    }

    /** A file besides the patches of its bricks. */
    public SmallSnapshot file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** Its files. */
    public ContentTree tree() {
        SortedMap<String, Content> all = new TreeMap<>();
        patches.forEach((path, patch) -> all.put(path, new EditableSnapshot.Text(Json.bytes(patch))));
        files.forEach((path, text) -> all.put(path, new EditableSnapshot.Text(text.getBytes(StandardCharsets.UTF_8))));
        return new ContentTree("snapshot", all);
    }

    /** What is in it. */
    public CodeAsData codeAsData() {
        return CodeAsData.of(tree());
    }
}
