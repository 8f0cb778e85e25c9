package io.github.olympe.maven.adopt.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of jq's language that pipelines use to build payloads: paths, assignments, literals, {@code +} and {@code |}. */
final class JqProgram {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|\\$ENV\\.\\w+|\\$\\w+|env\\.\\w+|(?:\\.(?:[A-Za-z_]\\w*|\"[^\"]*\"))+|\\.|\\+=|\\|=|\\*=|[A-Za-z_]\\w*"
                    + "|-?\\d+(?:\\.\\d+)?|[{}\\[\\](),:=|+*])");
    private static final Pattern INSERTED = Pattern.compile("\\\\\\((\\$?[\\w.]+)\\)");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, JsonNode> values;
    private final Variables variables;
    private int at;

    /** Thrown for a program beyond this part. */
    static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    JqProgram(String program, Map<String, JsonNode> values, Variables variables) {
        this.values = values;
        this.variables = variables;
        Matcher token = TOKEN.matcher(program.strip());
        int end = 0;
        while (end < token.regionEnd() && token.find(end) && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (end < program.strip().length()) {
            throw new NotUnderstood();
        }
    }

    JsonNode apply(JsonNode input) {
        JsonNode value = input;
        do {
            value = step(value);
        } while (take("|"));
        if (at < tokens.size()) {
            throw new NotUnderstood();
        }
        return value;
    }

    private JsonNode step(JsonNode input) {
        String token = peek();
        if (token.equals("del")) {
            at++;
            expect("(");
            String path = next();
            expect(")");
            ObjectNode changed = copy(input);
            List<String> names = names(path);
            JsonNode parent = changed;
            for (String name : names.subList(0, names.size() - 1)) {
                parent = parent.path(name);
            }
            if (parent instanceof ObjectNode object) {
                object.remove(names.get(names.size() - 1));
            }
            return changed;
        }
        if (token.startsWith(".") && token.length() > 1 && at + 1 < tokens.size()) {
            String operator = tokens.get(at + 1);
            if (operator.equals("=") || operator.equals("+=") || operator.equals("|=")) {
                at += 2;
                return assigned(input, names(token), operator, sum(input));
            }
        }
        return sum(input);
    }

    private static JsonNode assigned(JsonNode input, List<String> names, String operator, JsonNode value) {
        ObjectNode changed = copy(input);
        ObjectNode parent = changed;
        for (String name : names.subList(0, names.size() - 1)) {
            parent = parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
        }
        String last = names.get(names.size() - 1);
        JsonNode before = parent.path(last);
        parent.set(last, operator.equals("+=") && !before.isMissingNode() ? added(before, value) : value);
        return changed;
    }

    private JsonNode sum(JsonNode input) {
        JsonNode left = value(input);
        while (peek().equals("+") || peek().equals("*")) {
            at++;
            left = added(left, value(input));
        }
        return left;
    }

    private static JsonNode added(JsonNode left, JsonNode right) {
        if (left instanceof ArrayNode array && right instanceof ArrayNode more) {
            return array.deepCopy().addAll(more);
        }
        if (left instanceof ObjectNode object && right instanceof ObjectNode more) {
            ObjectNode merged = object.deepCopy();
            more.properties().forEach(member -> {
                JsonNode before = merged.get(member.getKey());
                merged.set(
                        member.getKey(),
                        before instanceof ObjectNode && member.getValue() instanceof ObjectNode
                                ? added(before, member.getValue())
                                : member.getValue());
            });
            return merged;
        }
        if (left.isTextual() && right.isTextual()) {
            return new TextNode(left.textValue() + right.textValue());
        }
        throw new NotUnderstood();
    }

    private JsonNode value(JsonNode input) {
        String token = next();
        if (token.equals("{")) {
            return object(input);
        }
        if (token.equals("[")) {
            ArrayNode array = Json.array();
            while (!take("]")) {
                array.add(sum(input));
                take(",");
            }
            return array;
        }
        if (token.equals("(")) {
            JsonNode inner = sum(input);
            expect(")");
            return inner;
        }
        if (token.startsWith("\"")) {
            return text(token.substring(1, token.length() - 1));
        }
        if (token.startsWith("$ENV.") || token.startsWith("env.")) {
            return new TextNode(variables.value(token.substring(token.indexOf('.') + 1)));
        }
        if (token.startsWith("$")) {
            return values.getOrDefault(token.substring(1), new TextNode(Unknowns.OUTPUT));
        }
        if (token.startsWith(".")) {
            JsonNode found = input;
            for (String name : token.equals(".") ? List.<String>of() : names(token)) {
                found = found.path(name);
            }
            return found;
        }
        return switch (token) {
            case "true", "false" -> JsonNodeFactory.instance.booleanNode(token.equals("true"));
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> {
                if (!token.matches("-?\\d+")) {
                    throw new NotUnderstood();
                }
                yield JsonNodeFactory.instance.numberNode(Long.parseLong(token));
            }
        };
    }

    private JsonNode object(JsonNode input) {
        ObjectNode object = Json.object();
        while (!take("}")) {
            String key = next();
            String name = key.startsWith("\"")
                    ? text(key.substring(1, key.length() - 1)).textValue()
                    : key;
            object.set(name.replaceFirst("^\\$", ""), take(":") ? sum(input) : valueOf(key));
            take(",");
        }
        return object;
    }

    private JsonNode valueOf(String variable) {
        return values.getOrDefault(variable.replaceFirst("^\\$", ""), new TextNode(Unknowns.OUTPUT));
    }

    /** Reads a text with interpolated values. */
    private TextNode text(String written) {
        return new TextNode(INSERTED.matcher(written)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).startsWith("$ENV.") || match.group(1).startsWith("env.")
                                ? variables.value(
                                        match.group(1).substring(match.group(1).indexOf('.') + 1))
                                : valueOf(match.group(1)).asText()))
                .replace("\\\"", "\"")
                .replace("\\/", "/")
                .replace("\\\\", "\\"));
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        Matcher name = Pattern.compile("\\.(?:([A-Za-z_]\\w*)|\"([^\"]*)\")").matcher(path);
        while (name.find()) {
            names.add(name.group(1) != null ? name.group(1) : name.group(2));
        }
        if (names.isEmpty()) {
            throw new NotUnderstood();
        }
        return names;
    }

    private static ObjectNode copy(JsonNode input) {
        if (input instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw new NotUnderstood();
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at >= tokens.size()) {
            throw new NotUnderstood();
        }
        return tokens.get(at++);
    }

    private boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new NotUnderstood();
        }
    }
}
