package io.github.olympe.maven.patches.change;

import static io.github.olympe.maven.patches.change.BrickPicker.FOLDER;
import static io.github.olympe.maven.patches.change.BrickPicker.INPUTS;
import static io.github.olympe.maven.patches.change.BrickPicker.ITEM;
import static io.github.olympe.maven.patches.change.BrickPicker.SUB_FOLDER;
import static io.github.olympe.maven.patches.change.EditableSnapshot.MODEL;
import static io.github.olympe.maven.patches.change.EditableSnapshot.NAME;
import static io.github.olympe.maven.patches.change.EditableSnapshot.OWNS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.patches.change.EditableSnapshot.Operation;
import io.github.olympe.maven.patches.change.EditableSnapshot.Patch;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Makes random edits to a snapshot, as someone would in Draw, and records what must be reported for each. */
final class RandomEdits {

    private static final String INPUT = "0168a431d25001540001";
    private static final String TYPE = "0168a431d3b9b7438424";
    private static final String STRING = "ff021000000000000011";
    private static final String DOCUMENTS = "01703376c4a81c0e9d93";

    private final EditableSnapshot snapshot;
    private final Random random;
    private final BrickPicker bricks;
    private final List<String> log = new ArrayList<>();
    private final Set<String> expected = new TreeSet<>();

    RandomEdits(EditableSnapshot snapshot, Random random) {
        this.snapshot = snapshot;
        this.random = random;
        this.bricks = new BrickPicker(snapshot, random);
    }

    /** What must be reported, and nothing else. */
    Set<String> expected() {
        return expected;
    }

    List<String> log() {
        return log;
    }

    void make() {
        switch (random.nextInt(12)) {
            case 0 -> renameBrick();
            case 1, 2 -> changeProperty();
            case 3 -> removeProperty();
            case 4 -> renameInput();
            case 5 -> addInput();
            case 6 -> deleteInput();
            case 7 -> retypeInput();
            case 8 -> moveBrick();
            case 9 -> addBrick();
            case 10 -> deleteBrick();
            default -> addFolder();
        }
    }

    private void renameBrick() {
        bricks.pickBrick().flatMap(snapshot::instance).ifPresent(brick -> {
            ObjectNode properties = (ObjectNode) brick.json().path("p");
            String before = properties.path(NAME).asText();
            String after = "Renamed " + number();
            if (properties.path("fd" + NAME).asText().equals(before)) {
                properties.put("fd" + NAME, after);
            }
            properties.put(NAME, after);
            properties.put("v", 1000 + number());
            brick.patch().changed();
            expect(
                    brick.text("t"),
                    "renamed",
                    "from " + ExpectedValue.ofText(before) + " to " + ExpectedValue.ofText(after));
        });
    }

    private void changeProperty() {
        bricks.pickPart().ifPresent(part -> {
            ObjectNode properties = (ObjectNode) part.json().path("p");
            List<String> names = new ArrayList<>(List.of("01703376c4a81c0e9d94", "0abc0000000000000001"));
            properties.fieldNames().forEachRemaining(names::add);
            names.remove(NAME);
            String property = names.get(random.nextInt(names.size()));
            JsonNode before = properties.path(property);
            JsonNode after = value();
            properties.set(property, after);
            part.patch().changed();
            if (!after.equals(before)) {
                detail(part, "changed", "from " + ExpectedValue.of(before) + " to " + ExpectedValue.of(after));
            }
        });
    }

    private void removeProperty() {
        bricks.pickPart().ifPresent(part -> {
            ObjectNode properties = (ObjectNode) part.json().path("p");
            List<String> names = new ArrayList<>();
            properties.fieldNames().forEachRemaining(names::add);
            names.remove(NAME);
            if (!names.isEmpty()) {
                JsonNode before = properties.remove(names.get(random.nextInt(names.size())));
                part.patch().changed();
                detail(part, "changed", "from " + ExpectedValue.of(before) + " to nothing");
            }
        });
    }

    private void renameInput() {
        bricks.pickInput().flatMap(snapshot::instance).ifPresent(input -> {
            ObjectNode properties = (ObjectNode) input.json().path("p");
            String before = properties.path(NAME).asText();
            if (!before.isBlank()) {
                String after = "input " + number();
                properties.put(NAME, after);
                input.patch().changed();
                detail(input, "renamed", "from " + ExpectedValue.ofText(before) + " to " + ExpectedValue.ofText(after));
            }
        });
    }

    private void addInput() {
        bricks.pickBrick().ifPresent(brick -> {
            if (bricks.isFolder(brick)) {
                return;
            }
            Patch relations = snapshot.patch(brick, "newRel");
            String input = tag();
            EditableSnapshot.create(snapshot.patch(brick, "newInst"), input, "added " + number());
            EditableSnapshot.relate(relations, "operations", brick, INPUTS, input);
            EditableSnapshot.relate(relations, "operations", brick, OWNS, input);
            EditableSnapshot.relate(relations, "operations", input, MODEL, INPUT);
            EditableSnapshot.relate(relations, "operations", input, TYPE, STRING);
            expect(brick, "changed", "added " + input);
        });
    }

    private void deleteInput() {
        bricks.pickInput().ifPresent(input -> {
            String brick = snapshot.instance(input).orElseThrow().patch().root;
            Set<String> gone = new HashSet<>(Set.of(input));
            snapshot.find(json -> json.path("m").asText().equals(OWNS)
                            && json.path("l").asText().equals(input))
                    .forEach(owned -> gone.add(owned.text("r")));
            List<Operation> inside = snapshot.find(json -> BrickPicker.mentions(json, gone)).stream()
                    .filter(one -> one.patch().root.equals(brick))
                    .toList();
            boolean isPlain = inside.stream()
                    .filter(one -> one.json().path("o").asInt() == 4)
                    .allMatch(
                            one -> gone.contains(one.text("l")) || one.text("l").equals(brick));
            if (isPlain) {
                inside.forEach(Operation::remove);
                expect(brick, "changed", "deleted " + input);
            }
        });
    }

    private void retypeInput() {
        bricks.pickInput()
                .ifPresent(input ->
                        snapshot
                                .find(json -> json.path("l").asText().equals(input)
                                        && json.path("m").asText().equals(TYPE))
                                .stream()
                                .findFirst()
                                .ifPresent(type -> {
                                    String after = tag();
                                    type.json().put("r", after);
                                    type.patch().changed();
                                    expect(
                                            type.patch().root,
                                            "changed",
                                            "changed " + input + " to " + ExpectedValue.ofText(after));
                                }));
    }

    private void moveBrick() {
        bricks.pickBrick().ifPresent(brick -> {
            List<Operation> places = bricks.places(brick);
            String from = places.get(0).text("l");
            String to = bricks.pick(
                    bricks.folders().stream().filter(one -> !one.equals(from)).toList());
            if (bricks.isFolder(brick)) {
                return;
            }
            places.forEach(Operation::remove);
            place(brick, to, ITEM);
            expect(brick, "moved", "");
        });
    }

    private void addBrick() {
        bricks.pickBrick().ifPresent(model -> {
            if (bricks.isFolder(model)) {
                return;
            }
            Map<String, String> tags = new HashMap<>();
            snapshot.find(json -> json.path("o").asInt() == 1).stream()
                    .filter(one -> one.patch().root.equals(model) && one.list().equals("operations"))
                    .forEach(one -> tags.put(one.text("t"), tag()));
            String brick = tags.get(model);
            for (String kind : List.of("newInst", "newRel")) {
                String text = Json.text(snapshot.patch(model, kind).json);
                for (var tag : tags.entrySet()) {
                    text = text.replace(tag.getKey(), tag.getValue());
                }
                Patch copy = new Patch(parsed(text));
                BrickPicker.places(copy, brick).forEach(Operation::remove);
                snapshot.patches().put("Copies/" + brick + "." + kind + ".json", copy);
            }
            bricks.add(brick, bricks.model(model));
            place(brick, bricks.pick(bricks.folders()), ITEM);
            expect(brick, "added", "");
        });
    }

    private void deleteBrick() {
        bricks.pickBrick().ifPresent(brick -> {
            if (bricks.isFolder(brick)) {
                return;
            }
            Set<String> gone = new HashSet<>();
            snapshot.find(json -> json.path("o").asInt() == 1).stream()
                    .filter(one -> one.patch().root.equals(brick) && one.list().equals("operations"))
                    .forEach(one -> gone.add(one.text("t")));
            snapshot.patches().values().removeIf(patch -> patch.root.equals(brick));
            for (Operation listing :
                    snapshot.find(json -> json.path("o").asInt() == 4 && BrickPicker.mentions(json, gone))) {
                if (bricks.isFolder(listing.text("l"))) {
                    listing.remove();
                }
            }
            expect(brick, "deleted", "");
        });
    }

    private void addFolder() {
        String folder = tag();
        Patch instances =
                new Patch(parsed("{\"operations\":[],\"optionalOperations\":[],\"rootTag\":\"" + folder + "\"}"));
        Patch relations = new Patch(instances.json.deepCopy());
        EditableSnapshot.create(instances, folder, "Folder " + number());
        EditableSnapshot.relate(relations, "operations", folder, MODEL, FOLDER);
        snapshot.patches().put("New/" + folder + "/.Folder.newInst.json", instances);
        snapshot.patches().put("New/" + folder + "/.Folder.newRel.json", relations);
        place(folder, bricks.pick(bricks.folders()), SUB_FOLDER);
        bricks.add(folder, FOLDER);
        expect(folder, "added", "");
    }

    private void place(String brick, String folder, String relation) {
        Patch own = snapshot.patch(brick, "newRel");
        EditableSnapshot.relate(own, "optionalOperations", folder, relation, brick);
        EditableSnapshot.relate(own, "optionalOperations", folder, OWNS, brick);
        EditableSnapshot.relate(snapshot.patch(folder, "newRel"), "operations", folder, OWNS, brick);
    }

    private JsonNode value() {
        ObjectNode holder = Json.object();
        return switch (random.nextInt(5)) {
            case 0 -> holder.put("x", random.nextInt(1000)).get("x");
            case 1 -> holder.put("x", random.nextBoolean()).get("x");
            case 2 ->
                holder.put("x", "line one\nline \"two\" " + number() + " \u00e4\u4e2d")
                        .get("x");
            case 3 -> holder.put("x", random.nextInt(100) + 0.5).get("x");
            default ->
                holder.putObject("x")
                        .put("c", 7)
                        .put("r", random.nextInt(256))
                        .put("g", 1)
                        .put("b", 2)
                        .put("a", 1);
        };
    }

    private int number() {
        return random.nextInt(1_000_000);
    }

    private String tag() {
        return String.format("0a%018x", random.nextLong() >>> 1);
    }

    private void detail(Operation part, String type, String values) {
        String tag = part.text("t");
        String about =
                snapshot
                        .find(json -> json.path("l").asText().equals(tag)
                                && json.path("m").asText().equals(DOCUMENTS))
                        .stream()
                        .findFirst()
                        .map(one -> one.text("r"))
                        .orElse(tag);
        expect(part.patch().root, "changed", type + " " + about + " " + values);
    }

    private void expect(String brick, String type, String what) {
        log.add(type + " " + brick + ": " + what);
        expected.add((type + " " + brick + ": " + what).strip());
    }

    private static ObjectNode parsed(String text) {
        try {
            return (ObjectNode) Json.parse(text);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
