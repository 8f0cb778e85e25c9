package io.github.olympe.maven.patches.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.PatchReader;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose operations can be changed one by one, and that can be written in any format and order. It treats patches as JSON and
 * uses none of the classes under test.
 */
final class EditableSnapshot {

    static final String NAME = "ff023000000000000011";
    static final String MODEL = "ff022000000000000000";
    static final String OWNS = "ff02200000000000000f";

    private final Map<String, Patch> patches = new TreeMap<>();

    /** One patch file. */
    static final class Patch {
        final String root;
        final ObjectNode json;

        @Nullable Text written;

        Patch(ObjectNode json) {
            this.json = json;
            this.root = json.path("rootTag").asText();
        }

        List<ObjectNode> operations(String list) {
            List<ObjectNode> operations = new ArrayList<>();
            json.path(list).forEach(one -> operations.add((ObjectNode) one));
            return operations;
        }

        void changed() {
            written = null;
        }
    }

    /** An operation and where it is. */
    record Operation(Patch patch, String list, ObjectNode json) {
        String text(String member) {
            return json.path(member).asText();
        }

        void remove() {
            ArrayNode all = (ArrayNode) patch.json.get(list);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) == json) {
                    all.remove(i);
                    break;
                }
            }
            patch.changed();
        }
    }

    static EditableSnapshot of(ContentTree tree) throws IOException {
        EditableSnapshot snapshot = new EditableSnapshot();
        for (var file : tree.files().entrySet()) {
            if (PatchReader.isPatch(file.getKey())) {
                try (InputStream in = file.getValue().open()) {
                    byte[] bytes = in.readAllBytes();
                    Patch patch = new Patch((ObjectNode) Json.parse(new String(bytes, StandardCharsets.UTF_8)));
                    patch.written = new Text(bytes);
                    snapshot.patches.put(file.getKey(), patch);
                }
            }
        }
        return snapshot;
    }

    /** Some of the patches; they are not copied, and must not be changed. */
    EditableSnapshot some(Predicate<Patch> which) {
        EditableSnapshot some = new EditableSnapshot();
        patches.forEach((path, patch) -> {
            if (which.test(patch)) {
                some.patches.put(path, patch);
            }
        });
        return some;
    }

    /** A copy, to be changed. */
    EditableSnapshot copy() {
        EditableSnapshot copy = new EditableSnapshot();
        patches.forEach((path, patch) -> {
            Patch same = new Patch(patch.json.deepCopy());
            same.written = patch.written;
            copy.patches.put(path, same);
        });
        return copy;
    }

    Map<String, Patch> patches() {
        return patches;
    }

    List<Operation> find(Predicate<ObjectNode> which) {
        List<Operation> found = new ArrayList<>();
        for (Patch patch : patches.values()) {
            for (String list : List.of("operations", "optionalOperations")) {
                for (JsonNode json : patch.json.path(list)) {
                    if (which.test((ObjectNode) json)) {
                        found.add(new Operation(patch, list, (ObjectNode) json));
                    }
                }
            }
        }
        return found;
    }

    Optional<Operation> instance(String tag) {
        return find(json ->
                        json.path("o").asInt() == 1 && json.path("t").asText().equals(tag))
                .stream()
                .filter(one -> one.list.equals("operations"))
                .findFirst();
    }

    /** The patch of a brick that has its instances, or the one that has its relations. */
    Patch patch(String root, String kind) {
        return patches.entrySet().stream()
                .filter(one -> one.getValue().root.equals(root) && one.getKey().endsWith("." + kind + ".json"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    static void relate(Patch patch, String list, String from, String type, String to) {
        ((ArrayNode) patch.json.get(list))
                .addObject()
                .put("o", 4)
                .put("l", from)
                .put("m", type)
                .put("r", to);
        patch.changed();
    }

    static ObjectNode create(Patch patch, String tag, String name) {
        ObjectNode operation =
                ((ArrayNode) patch.json.get("operations")).addObject().put("o", 1);
        ObjectNode properties = operation.putObject("p").put(NAME, name).put("v", 1);
        operation.put("t", tag);
        patch.changed();
        return properties;
    }

    /** Writes some patches in other formats, orders and files than before. Their meaning does not change. */
    void disguise(Random random, int howMany) {
        List<String> paths = new ArrayList<>(patches.keySet());
        Collections.shuffle(paths, random);
        for (String path : paths.subList(0, Math.min(howMany, paths.size()))) {
            Patch patch = patches.remove(path);
            String suffix = path.replaceFirst(".*?(\\.\\w+\\.json)$", "$1");
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            switch (random.nextInt(5)) {
                case 0 -> patches.put(folder + "Elsewhere_" + random.nextInt(1_000_000) + suffix, patch);
                case 1 -> patches.put("Other/Folder/" + random.nextInt(1_000_000) + suffix, patch);
                case 2 -> split(path, suffix, folder, patch, random);
                default -> patches.put(path, patch);
            }
            patch.written = new Text(formatted(patch.json, random).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void split(String path, String suffix, String folder, Patch patch, Random random) {
        ArrayNode operations = (ArrayNode) patch.json.get("operations");
        ObjectNode rest = Json.object();
        rest.putArray("optionalOperations");
        ArrayNode moved = rest.putArray("operations");
        rest.put("rootTag", patch.root);
        for (int i = operations.size() / 2; i < operations.size(); ) {
            moved.add(operations.remove(i));
        }
        patches.put(path, patch);
        patches.put(folder + "Rest_" + random.nextInt(1_000_000) + suffix, new Patch(rest));
    }

    private static String formatted(JsonNode json, Random random) {
        JsonNode shuffled = shuffled(json, random);
        String mark = random.nextInt(4) == 0 ? "\ufeff" : "";
        String text = mark + (random.nextBoolean() ? Json.indented(shuffled) : Json.text(shuffled));
        return random.nextBoolean()
                ? text.replace("\n", "\r\n").replaceAll("\"v\":(\\d+)(?![\\d.])", "\"v\"\t:\t$1.0")
                : text;
    }

    private static JsonNode shuffled(JsonNode json, Random random) {
        if (json.isObject()) {
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode object = Json.object();
            names.forEach(name -> object.set(name, shuffled(json.get(name), random)));
            return object;
        }
        if (json.isArray() && json.path(0).has("o")) {
            List<JsonNode> elements = new ArrayList<>();
            json.forEach(elements::add);
            Collections.shuffle(elements, random);
            ArrayNode array = Json.array();
            elements.forEach(element -> array.add(shuffled(element, random)));
            return array;
        }
        return json;
    }

    CodeAsData write() {
        Map<String, Content> files = new HashMap<>();
        patches.forEach((path, patch) -> {
            if (patch.written == null) {
                patch.written = new Text(Json.bytes(patch.json));
            }
            files.put(path, patch.written);
        });
        return CodeAsData.of(new ContentTree("snapshot", new TreeMap<>(files)));
    }

    /** A content in memory. */
    static final class Text implements Content {

        private final byte[] bytes;
        private final String id;

        Text(byte[] bytes) {
            this.bytes = bytes;
            try {
                id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String place() {
            return "in memory";
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
