package io.github.olympe.maven.patches.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.text.Json;

/** How a value has to be reported. */
final class ExpectedValue {

    private ExpectedValue() {}

    static String of(JsonNode value) {
        return value.isMissingNode()
                ? "nothing"
                : value.isTextual() ? ofText(value.textValue()) : value.isObject() ? sorted(value) : value.asText();
    }

    private static String sorted(JsonNode colour) {
        return String.format(
                "{\"a\":%s,\"b\":%s,\"c\":%s,\"g\":%s,\"r\":%s}",
                colour.get("a").asText(),
                colour.get("b").asText(),
                colour.get("c").asText(),
                colour.get("g").asText(),
                colour.get("r").asText());
    }

    static String ofText(String text) {
        ObjectNode holder = Json.object().put("x", text);
        return Json.text(holder.get("x"));
    }
}
