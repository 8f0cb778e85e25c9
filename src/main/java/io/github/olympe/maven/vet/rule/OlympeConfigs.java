package io.github.olympe.maven.vet.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** What a script in a page says instead of a value: {@code e.password}. */
    private static final Pattern EXPRESSION = Pattern.compile("[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)+");

    static final List<TextRule> TEXTS = List.of(
            TextRule.of(
                            PASSWORD,
                            "autoPassword",
                            "autoPassword" + TextRule.QUOTE + "?]?\\s*[:=]\\s*" + TextRule.QUOTE
                                    + "([^\"'`&\\\\\\r\\n]{1,200})" + TextRule.QUOTE)
                    .meaning(match -> !Placeholders.isOne(match.group(1))),
            TextRule.of(
                            PASSWORD,
                            "autoPassword",
                            "autoPassword\\s*[:=][ \\t]*([^\\s\"'`,;(){}\\[\\]<>]{1,200})(?=\\s|$)")
                    .meaning(match -> !Placeholders.isOne(match.group(1))
                            && !EXPRESSION.matcher(match.group(1)).matches())
                    .in(TextKind.OTHER::equals),
            TextRule.of(SNAPSHOT_CONFIG, "\"snapshooter\"", "\"snapshooter\"\\s*:\\s*\\{")
                    .in(TextKind.OTHER::equals));

    private static final Pattern FILE =
            Pattern.compile("(?:.*/)?oConfig[^/]*\\.json" + NamedFiles.COPY, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NODE_FILE = Pattern.compile(
            "(?:.*/)?oConfigNode[^/]*\\.json" + NamedFiles.COPY, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?:.*[a-z0-9._-])?(?:pass(?:word|wd|phrase)|pwd|secret|token|private_?key)s?|(?:.*[._-])?pass",
            Pattern.CASE_INSENSITIVE);

    /** A member in a file that is not strictly JSON, with comments or an extra comma. */
    private static final Pattern MEMBER =
            Pattern.compile("[\"']?([0-9A-Za-z._-]{1,200})[\"']?\\s*:\\s*(?:\"([^\"\\r\\n]*)\"|'([^'\\r\\n]*)')");

    /**
     * The address where one gets a token, rather than a token: not a URL with a query, and not Base64 that happens to begin with a slash.
     */
    private static final Pattern ADDRESS = Pattern.compile("https?://[^@\\s?#]*|\\.{0,2}/[a-z0-9._/-]*");

    private static final Pattern GAP = Pattern.compile("\\s*<[^<>]+>\\s*");

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
        Reader reader = new Reader(text, served, served && isOfNode(path), new ArrayList<>());
        try {
            reader.read("", ForeignText.json(text));
        } catch (ForeignText.Malformed e) { // A visitor can read it nevertheless.
            MEMBER.matcher(text)
                    .results()
                    .forEach(member ->
                            reader.read(member.group(1), member.group(2) == null ? member.group(3) : member.group(2)));
        }
        return reader.hits;
    }

    private record Reader(String text, boolean ofFrontend, boolean isMisplaced, List<Hit> hits) {

        void read(String key, JsonNode json) {
            if (json.isTextual() || json.isNumber() && !isOfToken(key)) {
                read(key, json.asText()); // A number of tokens is not a token.
            } else if (json.isArray()) {
                for (JsonNode element : json) {
                    read(key, element);
                }
            } else {
                for (Map.Entry<String, JsonNode> member : json.properties()) {
                    read(member.getKey(), member.getValue());
                }
            }
        }

        private static boolean isOfToken(String key) {
            return key.toLowerCase(Locale.ROOT).contains("token");
        }

        private static boolean isAddressOfToken(String key, String value) {
            return isOfToken(key) && ADDRESS.matcher(value).matches();
        }

        private void read(String key, String value) {
            // Files that only the backend reads may contain its password.
            boolean isSeen = ofFrontend || isMisplaced;
            if (isSeen
                    && SECRET_KEY.matcher(key).matches()
                    && !Placeholders.isOne(value)
                    && !isAddressOfToken(key, value)) {
                add(PASSWORD, key);
            } else if (isMisplaced) {
                return; // The whole file must be left out.
            } else if (GAP.matcher(value).matches()) {
                add(PLACEHOLDER, key);
            } else if (key.equals("defaultHost") && !value.isBlank() && (ofFrontend || !value.endsWith("-frontend"))) {
                add(DEFAULT_HOST, key);
            }
        }

        /** Adds the first line of what a rule finds. To find the line of each would take hours in a large file. */
        private void add(Rule rule, String key) {
            if (hits.stream().noneMatch(hit -> hit.rule().equals(rule))) {
                hits.add(new Hit(rule, lineOf(key)));
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
