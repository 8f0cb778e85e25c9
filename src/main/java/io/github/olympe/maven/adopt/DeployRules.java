package io.github.olympe.maven.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.WebhookCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The deploy rules of a pipeline's payload. The plugin makes its own rules. The pom only keeps which backends get an image. */
final class DeployRules {

    private DeployRules() {}

    /**
     * Reads the rules.
     *
     * @param backends the names of backend images, by repository
     * @return the backends that get each image, by the image's name in the pom
     */
    static Map<String, String> read(JsonNode rules, WebhookCall call, Map<String, String> backends, Findings findings) {
        Map<String, String> deployTo = new LinkedHashMap<>();
        for (JsonNode rule : rules) {
            String source = rule.path("source")
                    .asText()
                    .replace("\\/", "/")
                    .replace("\\.", ".")
                    .replaceFirst("^\\^", "");
            String target = rule.path("target").asText();
            Optional<String> backend = backends.entrySet().stream()
                    .filter(entry -> source.startsWith(entry.getKey() + ":") || source.equals(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (backend.isEmpty()) {
                findings.open(
                        call.place(),
                        "deploy rule " + rule.path("source").asText(),
                        "It names no image of this pipeline. The plugin makes a rule for each backend image; set 'deployTo' where it is not for all.");
            } else {
                if (backends.size() > 1 || !target.equals(".*")) {
                    deployTo.put(backend.get(), target);
                }
                findings.found(
                        call.place(),
                        "deploy rule " + rule.path("source").asText(),
                        "a rule for exactly the image that is deployed, to " + target);
            }
        }
        return deployTo;
    }
}
