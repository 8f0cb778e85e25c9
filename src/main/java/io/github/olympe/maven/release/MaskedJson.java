package io.github.olympe.maven.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Json;

/** Hides secrets in the texts, numbers and member names of JSON. */
final class MaskedJson {

    private MaskedJson() {}

    static JsonNode of(JsonNode json, SecretMask mask) {
        if (json.isObject()) {
            ObjectNode masked = Json.object();
            json.properties().forEach(member -> masked.set(mask.mask(member.getKey()), of(member.getValue(), mask)));
            return masked;
        }
        if (json.isArray()) {
            ArrayNode masked = Json.array();
            json.forEach(element -> masked.add(of(element, mask)));
            return masked;
        }
        String text = json.asText();
        String hidden = mask.mask(text);
        return hidden.equals(text) ? json : new TextNode(hidden);
    }
}
