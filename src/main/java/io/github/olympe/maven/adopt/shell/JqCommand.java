package io.github.olympe.maven.adopt.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of {@code jq}.
 *
 * @param program what it does
 * @param file the file that it reads, absent for its input
 * @param values the variables of its arguments
 * @param raw whether a text is printed without quotes
 * @param nothing whether it reads nothing
 */
record JqCommand(String program, Optional<String> file, Map<String, JsonNode> values, boolean raw, boolean nothing) {

    static JqCommand of(List<String> arguments) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        boolean raw = false;
        boolean nothing = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if ((argument.equals("--arg") || argument.equals("--argjson")) && i + 2 < arguments.size()) {
                values.put(arguments.get(i + 1), value(arguments.get(i + 2), argument.equals("--argjson")));
                i += 2;
            } else if (argument.startsWith("-")) {
                raw |= argument.equals("--raw-output") || argument.matches("-[a-zA-Z]*r[a-zA-Z]*");
                nothing |= argument.equals("--null-input") || argument.matches("-[a-zA-Z]*n[a-zA-Z]*");
            } else {
                words.add(argument);
            }
        }
        return new JqCommand(
                words.isEmpty() ? "." : words.get(0),
                words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty(),
                values,
                raw,
                nothing);
    }

    private static JsonNode value(String text, boolean json) {
        try {
            return json ? Json.parseStrictly(text) : new TextNode(text);
        } catch (JsonProcessingException e) {
            return new TextNode(text);
        }
    }

    /** Returns what it prints, absent if its program or its input is not understood. */
    Optional<String> apply(String input, Variables variables) {
        try {
            JsonNode given = nothing ? Json.object() : read(input);
            JsonNode result = new JqProgram(program, values, variables).apply(given);
            return Optional.of(raw && result.isTextual() ? result.textValue() : Json.text(result));
        } catch (JsonProcessingException | JqProgram.NotUnderstood e) {
            return Optional.empty();
        }
    }

    /** Reads the JSON of a pipeline's payload. A variable that only the CI knows, or a text of only comments, also counts as an object. */
    static JsonNode read(String text) throws JsonProcessingException {
        String json = text.strip();
        Optional<String> variable = Unknowns.variableIn(json);
        if (variable.isPresent()) {
            return Json.object().put(Unknowns.OBJECT, variable.get());
        }
        if (json.isEmpty() || json.startsWith("#") && !json.contains("{")) {
            return Json.object();
        }
        return Json.parseStrictly(json);
    }
}
