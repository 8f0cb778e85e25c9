package io.github.olympe.maven.vet.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Olympe's configurations: {@code oConfig.json} of a frontend, the same of a backend ({@code oConfigNode.json} in a project's {@code res}),
 * and snapshot configurations. Keys of an oConfig are paths ({@code auth.autoPassword}) or nested objects.
 */
final class OlympeConfigs {

    static final Rule PASSWORD = Rule.error(
            "oconfig-password",
            "a value for `auth.autoPassword` in any text, and for another password, secret or token in an `oConfig*.json`",
            "which has a password",
            "change it, and take it out of the file or leave the file out (" + Rule.EXCLUDE
                    + "), since the environment's own oConfig may give it");

    static final Rule NODE_CONFIG = Rule.warning(
            "node-config",
            "a backend's configuration, `oConfigNode.json`, without a secret",
            "which is the configuration of the backend",
            "leave it out (" + Rule.EXCLUDE + ")");

    static final Rule SNAPSHOT_CONFIG = Rule.warning(
            "snapshot-config",
            "a snapshot configuration without a secret",
            "which is a snapshot configuration",
            "leave it out (" + Rule.EXCLUDE + ")");

    static final Rule DEFAULT_HOST = Rule.warning(
            "default-host",
            "a fixed `defaultHost` in an `oConfig*.json`: Olympe's cloud has web applications without one, and for a service"
                    + " `<environment>-frontend`",
            "which has a fixed 'defaultHost'",
            "take it out of a frontend's oConfig.json, and let the environment's own oConfig set it for a backend");

    static final Rule PLACEHOLDER = Rule.warning(
            "placeholder",
            "a value of an `oConfig*.json` that is still to be filled in: `<service app tag>`",
            "which has a placeholder that is still to be filled in",
            "write the value there, or let the environment's own oConfig set it");

    static final List<Rule> RULES = List.of(PASSWORD, NODE_CONFIG, SNAPSHOT_CONFIG, DEFAULT_HOST, PLACEHOLDER);

    static final List<TextRule> TEXTS = List.of(
            TextRule.of(PASSWORD, "autoPassword", "autoPassword[\"']?\\s*[:=]\\s*[\"']([^\"'\\r\\n]{1,200})[\"']")
                    .meaning(match -> !Placeholders.isOne(match.group(1))),
            TextRule.of(SNAPSHOT_CONFIG, "\"snapshooter\"", "\"snapshooter\"\\s*:\\s*\\{")
                    .in(TextKind.OTHER::equals));

    private static final Pattern FILE = Pattern.compile("(?:.*/)?oConfig[^/]*\\.json", Pattern.CASE_INSENSITIVE);
    private static final Pattern NODE_FILE =
            Pattern.compile("(?:.*/)?oConfigNode[^/]*\\.json", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?:.*[a-z0-9._-])?(?:password|passwd|pwd|secret|token|private_?key)", Pattern.CASE_INSENSITIVE);
    private static final Pattern GAP = Pattern.compile("\\s*<[^<>]+>\\s*");
    private static final int DEEPEST = 20;

    private OlympeConfigs() {}

    /** Whether a file is an oConfig by its name. */
    static boolean isOne(String path) {
        return FILE.matcher(path).matches();
    }

    /** Whether a file is a backend's configuration by the name that it has among a project's sources. */
    static boolean isOfNode(String path) {
        return NODE_FILE.matcher(path).matches();
    }

    /**
     * What is in an oConfig.
     *
     * @param served whether nginx serves it
     */
    static List<Hit> hits(String path, String text, boolean served) {
        try {
            Reader reader = new Reader(text, served, served && isOfNode(path), new ArrayList<>());
            reader.read(ForeignText.json(text), 0);
            return reader.hits;
        } catch (ForeignText.Malformed e) {
            return List.of(); // Nothing reads it.
        }
    }

    private record Reader(String text, boolean ofFrontend, boolean isMisplaced, List<Hit> hits) {

        void read(JsonNode json, int depth) {
            if (depth > DEEPEST) {
                return;
            }
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                if (member.getValue().isTextual()) {
                    read(member.getKey(), member.getValue().textValue());
                } else {
                    read(member.getValue(), depth + 1);
                }
            }
            if (json.isArray()) {
                json.forEach(element -> read(element, depth + 1));
            }
        }

        private void read(String key, String value) {
            // What only the backend reads may have its password.
            boolean isSeen = ofFrontend || isMisplaced;
            if (isSeen && SECRET_KEY.matcher(key).matches() && !Placeholders.isOne(value)) {
                hits.add(new Hit(PASSWORD, lineOf(key)));
            } else if (isMisplaced) {
                return; // It is to be left out as a whole.
            } else if (GAP.matcher(value).matches()) {
                hits.add(new Hit(PLACEHOLDER, lineOf(key)));
            } else if (key.equals("defaultHost") && !value.isBlank() && (ofFrontend || !value.endsWith("-frontend"))) {
                hits.add(new Hit(DEFAULT_HOST, lineOf(key)));
            }
        }

        private int lineOf(String key) {
            int at = text.indexOf('"' + key + '"');
            return at < 0
                    ? 0
                    : 1
                            + (int) text.substring(0, at)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
        }
    }
}
