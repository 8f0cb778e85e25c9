package io.github.olympe.maven.release.rollback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.deploy.payload.RuleExpression;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds the payload of a record to send it again: with the present references of its images, rules that still choose the same images,
 * and the secrets, which the ledger does not store.
 *
 * @param record the record
 * @param references the images' present references, by their recorded ones
 */
record RecordedPayload(DeploymentRecord record, Map<String, String> references) {

    static RecordedPayload of(DeploymentRecord record, List<DeployedImage> now) {
        Map<String, String> references = new LinkedHashMap<>();
        for (int i = 0; i < now.size(); i++) {
            references.put(record.images().get(i).reference(), now.get(i).reference());
        }
        return new RecordedPayload(record, references);
    }

    /**
     * Returns the payload.
     *
     * @param configured the environment's base payload today, which has the secrets
     * @throws OlympeException if it lacks a secret
     */
    ObjectNode json(JsonNode configured) {
        ObjectNode json = (ObjectNode) withSecrets("", record.payload(), configured);
        if (json.get("frontend") instanceof ObjectNode frontend) {
            rename(frontend);
        }
        if (json.get("codeAsData") instanceof ObjectNode codeAsData) {
            rename(codeAsData);
        }
        if (json.get("backends") instanceof ObjectNode backends) {
            List<String> before = texts(backends.path("images"));
            ArrayNode images = Json.array();
            before.forEach(text -> images.add(references.getOrDefault(text, text)));
            if (!before.isEmpty()) {
                backends.set("images", images);
            }
            if (backends.has("deployRules")) {
                backends.set("deployRules", rules(backends.path("deployRules"), before));
            }
        }
        return json;
    }

    private void rename(ObjectNode section) {
        String image = section.path("image").asText();
        if (references.containsKey(image)) {
            section.put("image", references.get(image));
        }
    }

    /**
     * Returns the rules. A rule that would choose other images by the new references is replaced by one rule for each image that it chose.
     */
    private ArrayNode rules(JsonNode recorded, List<String> images) {
        ArrayNode rules = Json.array();
        for (JsonNode rule : recorded) {
            RuleExpression source =
                    RuleExpression.of("deployRules.source", rule.path("source").asText());
            List<String> chosen = images.stream().filter(source::matches).toList();
            List<String> chosenNow = images.stream()
                    .filter(image -> source.matches(references.getOrDefault(image, image)))
                    .toList();
            if (chosen.equals(chosenNow)) {
                rules.add(rule);
            } else {
                chosen.forEach(image -> rules.addObject()
                        .put(
                                "source",
                                DeployRule.forImage(references.getOrDefault(image, image), "")
                                        .source())
                        .set("target", rule.path("target")));
            }
        }
        return rules;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private JsonNode withSecrets(String path, JsonNode recorded, JsonNode configured) {
        if (recorded.isObject()) {
            ObjectNode json = Json.object();
            recorded.properties()
                    .forEach(member -> json.set(
                            member.getKey(),
                            withSecrets(
                                    path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                                    member.getValue(),
                                    configured.path(member.getKey()))));
            return json;
        }
        if (recorded.isArray()) {
            ArrayNode json = Json.array();
            for (int i = 0; i < recorded.size(); i++) {
                json.add(withSecrets(path, recorded.get(i), configured.path(i)));
            }
            return json;
        }
        if (!recorded.asText().contains(SecretMask.HIDDEN)) {
            return recorded;
        }
        if (!configured.isValueNode() || configured.isNull()) {
            throw new OlympeException("The record '" + record.id() + "' does not have the secret in the key '" + path
                    + "' of its payload. Set that key in 'payload' (olympe.payload).");
        }
        return configured;
    }
}
