package io.github.olympe.maven.deploy.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The keys of a payload: the table of Olympe's documentation, "Deploy docker images", as rules. */
public final class PayloadKeys {

    static final List<String> MODES = List.of("auto", "manual");
    static final List<String> EXTRA_ARGS = List.of("--force-sync");

    private static final Key ROOT = Key.object(Map.of(
            "backends",
                    Key.object(Map.of(
                            "images", Key.list(Key.text()),
                            "deployRules", Key.list(Key.object(Map.of("source", Key.text(), "target", Key.text()))))),
            "codeAsData", Key.object(Map.of("image", Key.text(), "updateMode", Key.oneOf(MODES))),
            "frontend", Key.object(Map.of("image", Key.text())),
            "noDowntime", Key.object(Map.of("promotionMode", Key.oneOf(MODES))),
            "skipUpdateVersions", new Key("true or false", JsonNode::isBoolean, Map.of(), List.of()),
            "extraArgs", Key.list(Key.oneOf(EXTRA_ARGS))));

    private PayloadKeys() {}

    /** Returns the keys that a payload may have. */
    public static Set<String> names() {
        return ROOT.keys().keySet();
    }

    /**
     * The values that a key accepts.
     *
     * @param wanted the accepted values, in words
     * @param type tests a value's type
     * @param keys the keys of an object
     * @param items the single kind of item of a list
     */
    private record Key(String wanted, Predicate<JsonNode> type, Map<String, Key> keys, List<Key> items) {

        static Key object(Map<String, Key> keys) {
            return new Key("an object", JsonNode::isObject, keys, List.of());
        }

        static Key list(Key item) {
            return new Key("a list", JsonNode::isArray, Map.of(), List.of(item));
        }

        static Key text() {
            return new Key(
                    "a text", node -> node.isTextual() && !node.textValue().isBlank(), Map.of(), List.of());
        }

        static Key oneOf(List<String> values) {
            String wanted = values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(" or "));
            return new Key(wanted, node -> node.isTextual() && values.contains(node.textValue()), Map.of(), List.of());
        }
    }

    /**
     * Checks keys, types and values.
     *
     * @param origin the source of the payload
     * @throws OlympeException for an unknown key, with the most similar known one, and for a value of the wrong type or one that is not
     *     allowed
     */
    static void check(JsonNode payload, String origin, boolean allowUnknownKeys) {
        check(payload, ROOT, "", origin, allowUnknownKeys);
    }

    private static void check(JsonNode node, Key key, String path, String origin, boolean allowUnknownKeys) {
        if (!key.type().test(node)) {
            throw new OlympeException(
                    String.format("The key '%s' of %s is %s; it must be %s.", path, origin, shown(node), key.wanted()));
        }
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            check(node.get(i), key.items().get(0), path + "[" + i + "]", origin, allowUnknownKeys);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Key known = key.keys().get(field.getKey());
            if (known != null) {
                check(field.getValue(), known, inner, origin, allowUnknownKeys);
            } else if (!allowUnknownKeys) {
                throw new OlympeException(String.format(
                        "The key '%s' of %s does not exist; use '%s', or set 'allowUnknownPayloadKeys' to send it anyway.",
                        shortened(inner), origin, nearest(field.getKey(), path, key)));
            }
        }
    }

    /**
     * Checks that the keys which the documentation requires are there.
     *
     * @throws OlympeException if a key is missing
     */
    static void checkComplete(JsonNode payload) {
        if (payload.has("backends")) {
            require(payload, "backends", "images", "there is 'backends'");
            require(payload, "backends", "deployRules", "there is 'backends.images'");
            for (JsonNode rule : payload.path("backends").path("deployRules")) {
                for (String key : List.of("source", "target")) {
                    if (!rule.has(key)) {
                        throw missing("backends.deployRules[]." + key, "a rule is " + shown(rule));
                    }
                }
            }
        }
        if (payload.has("frontend")) {
            require(payload, "frontend", "image", "there is 'frontend'");
        }
        if (payload.has("noDowntime")) {
            require(payload, "noDowntime", "promotionMode", "there is 'noDowntime'");
        }
    }

    private static void require(JsonNode payload, String parent, String key, String reason) {
        JsonNode node = payload.path(parent).path(key);
        if (node.isMissingNode() || node.isArray() && node.isEmpty()) {
            throw missing(parent + "." + key, reason);
        }
    }

    private static OlympeException missing(String key, String reason) {
        return new OlympeException("The payload lacks the key '" + key + "', which is required since " + reason
                + "; set it, or remove the other.");
    }

    private static String nearest(String wrong, String path, Key parent) {
        Map<String, String> candidates = new LinkedHashMap<>();
        parent.keys().keySet().stream()
                .sorted()
                .forEach(name -> candidates.put(path.isEmpty() ? name : path + "." + name, name));
        List<String> elsewhere = new ArrayList<>();
        collect("", ROOT, wrong, elsewhere);
        if (!elsewhere.isEmpty()) {
            return Collections.min(elsewhere);
        }
        return candidates.entrySet().stream()
                .min(Comparator.comparingInt(candidate -> distance(wrong, candidate.getValue())))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static void collect(String path, Key key, String name, List<String> found) {
        key.keys().forEach((child, inner) -> {
            String childPath = path.isEmpty() ? child : path + "." + child;
            if (child.equals(name)) {
                found.add(childPath);
            }
            collect(childPath, inner, name, found);
        });
        for (Key item : key.items()) {
            collect(path + "[]", item, name, found);
        }
    }

    /** Returns the Levenshtein distance to the end of a key, ignoring case: people write {@code mode} for {@code updateMode}. */
    private static int distance(String wrong, String key) {
        String left = shortened(wrong).toLowerCase(Locale.ROOT);
        String right = key.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    static String shown(JsonNode node) {
        return shortened(Json.text(node));
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
