package io.github.olympe.maven.patches.change;

import static io.github.olympe.maven.patches.change.EditableSnapshot.MODEL;
import static io.github.olympe.maven.patches.change.EditableSnapshot.OWNS;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.patches.change.EditableSnapshot.Operation;
import io.github.olympe.maven.patches.change.EditableSnapshot.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Picks bricks and parts of bricks from a snapshot at random, each brick once. */
final class BrickPicker {

    static final String FOLDER = "01612df1db9749227626";
    static final String ITEM = "016a697ef00ce7554692";
    static final String SUB_FOLDER = "016a697ef00ce7554691";
    static final String INPUTS = "01621fb84e320000f00a";

    /** The relations that put a brick somewhere. */
    private static final Set<String> PLACES = Set.of(OWNS, ITEM, SUB_FOLDER);

    private static final Set<String> FOLDERS = Set.of(
            FOLDER, "0163d9594700fcf61e54", "0163a68ce44f3d1fa84c", "0163a68ce44f3d1fa95d", "017a7a9ff057958e5678");

    private final EditableSnapshot snapshot;
    private final Random random;
    private final Map<String, String> models = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    BrickPicker(EditableSnapshot snapshot, Random random) {
        this.snapshot = snapshot;
        this.random = random;
        snapshot.find(json -> json.path("m").asText().equals(MODEL))
                .forEach(one -> models.put(one.text("l"), one.text("r")));
    }

    /** Notes a new brick, which needs no further edit. */
    void add(String brick, String model) {
        models.put(brick, model);
        used.add(brick);
    }

    String model(String brick) {
        return models.getOrDefault(brick, "");
    }

    List<Operation> places(String brick) {
        return snapshot.find(json -> isPlace(json, brick));
    }

    static List<Operation> places(Patch patch, String brick) {
        List<Operation> places = new ArrayList<>();
        for (String list : List.of("operations", "optionalOperations")) {
            patch.operations(list).stream()
                    .filter(json -> isPlace(json, brick))
                    .forEach(json -> places.add(new Operation(patch, list, json)));
        }
        return places;
    }

    static boolean isPlace(JsonNode json, String brick) {
        return json.path("r").asText().equals(brick)
                && PLACES.contains(json.path("m").asText());
    }

    boolean isFolder(String brick) {
        return FOLDERS.contains(model(brick));
    }

    static boolean mentions(JsonNode json, Set<String> tags) {
        return tags.contains(json.path("t").asText())
                || tags.contains(json.path("l").asText())
                || tags.contains(json.path("r").asText());
    }

    /** Picks a brick that no other edit touches. */
    Optional<String> pickBrick() {
        Set<String> placed = new HashSet<>();
        snapshot.find(json -> PLACES.contains(json.path("m").asText())).forEach(place -> placed.add(place.text("r")));
        List<String> bricks = snapshot.patches().values().stream()
                .map(patch -> patch.root)
                .distinct()
                .filter(root -> !used.contains(root) && models.containsKey(root) && placed.contains(root))
                .toList();
        if (bricks.isEmpty()) {
            return Optional.empty();
        }
        String brick = pick(bricks);
        used.add(brick);
        return Optional.of(brick);
    }

    /** An instance in a brick: the brick itself, or what it owns directly. */
    Optional<Operation> pickPart() {
        return pickBrick().flatMap(brick -> {
            Set<String> parts = new TreeSet<>(Set.of(brick));
            if (!isFolder(brick)) {
                snapshot.find(json -> json.path("m").asText().equals(OWNS)
                                && json.path("l").asText().equals(brick))
                        .forEach(one -> parts.add(one.text("r")));
            }
            return snapshot.instance(pick(List.copyOf(parts)));
        });
    }

    Optional<String> pickInput() {
        return pickBrick().flatMap(brick -> {
            List<String> inputs = snapshot
                    .find(json -> json.path("m").asText().equals(INPUTS)
                            && json.path("l").asText().equals(brick))
                    .stream()
                    .map(one -> one.text("r"))
                    .filter(input -> snapshot.instance(input)
                            .filter(one -> one.patch().root.equals(brick))
                            .isPresent())
                    .toList();
            return inputs.isEmpty() ? Optional.empty() : Optional.of(pick(inputs));
        });
    }

    List<String> folders() {
        return snapshot.patches().values().stream()
                .map(patch -> patch.root)
                .distinct()
                .filter(root -> model(root).equals(FOLDER))
                .toList();
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
