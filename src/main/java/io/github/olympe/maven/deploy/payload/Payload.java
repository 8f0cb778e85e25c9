package io.github.olympe.maven.deploy.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of the request to the deploy webhook: a base with images, rules and settings merged into it, checked against the documentation's
 * table of keys.
 */
public final class Payload {

    private final ObjectNode json;

    private Payload(ObjectNode json) {
        this.json = json;
    }

    /**
     * Merges the parts of a payload.
     *
     * <p>Images of backends are added to those of the base, as in the documented pipeline. Explicit rules, in the base or in the settings,
     * are used unchanged. Otherwise each backend image gets a rule for its {@code deployTo}, and a single image gets a rule for all
     * backends.
     *
     * @throws OlympeException if a key is unknown, missing, has a wrong value, or is given in two places with different values; or if there
     *     is no image at all
     */
    public static Payload of(PayloadBase base, DeployImages images, PayloadSettings settings) {
        PayloadKeys.check(base.json(), base.origin(), settings.allowUnknownKeys());
        Merge merge = new Merge(base.json().deepCopy(), base.origin());
        images.frontend().ifPresent(image -> merge.set("frontend", "image", new TextNode(image.reference())));
        addBackends(merge, images.backends(), settings.deployRules());
        images.codeAsData().ifPresent(image -> merge.set("codeAsData", "image", new TextNode(image.reference())));
        settings.updateMode().ifPresent(mode -> merge.set("codeAsData", "updateMode", new TextNode(mode)));
        settings.promotionMode().ifPresent(mode -> merge.set("noDowntime", "promotionMode", new TextNode(mode)));
        settings.skipUpdateVersions()
                .ifPresent(skip -> merge.set(merge.json, "", "skipUpdateVersions", merge.json.booleanNode(skip)));
        if (!settings.extraArgs().isEmpty()) {
            ArrayNode args = merge.json.arrayNode();
            settings.extraArgs().forEach(args::add);
            merge.set(merge.json, "", "extraArgs", args);
        }
        PayloadKeys.checkComplete(merge.json);
        Payload payload = new Payload(merge.json);
        payload.frontendImage().ifPresent(image -> DeployImage.reference("the key 'frontend.image'", image));
        payload.backendImages().forEach(image -> DeployImage.reference("the key 'backends.images'", image));
        payload.codeAsDataImage().ifPresent(image -> DeployImage.reference("the key 'codeAsData.image'", image));
        if (payload.frontendImage().isEmpty()
                && payload.backendImages().isEmpty()
                && payload.codeAsDataImage().isEmpty()) {
            throw new OlympeException(
                    "The payload has no image, so there is nothing to deploy; run the goals 'image' and 'push' first,"
                            + " or name images by 'frontendImage' or 'backendImages'.");
        }
        return payload;
    }

    private static void addBackends(Merge merge, List<DeployImages.Backend> backends, List<DeployRule> written) {
        List<String> references = new ArrayList<>();
        JsonNode given = merge.json.path("backends").path("images");
        given.forEach(image -> references.add(image.textValue()));
        boolean more = false;
        for (DeployImages.Backend backend : backends) {
            if (!references.contains(backend.reference())) {
                references.add(backend.reference());
                more = true;
            }
        }
        if (more) {
            ArrayNode images = merge.json.arrayNode();
            references.forEach(images::add);
            merge.object("backends").set("images", images);
        }
        boolean writtenInBase = !merge.json.path("backends").path("deployRules").isMissingNode();
        if (!written.isEmpty()) {
            requireNoDeployTo(backends, "the parameter 'deployRules'");
            merge.set("backends", "deployRules", rules(merge.json, written));
        } else if (writtenInBase) {
            requireNoDeployTo(backends, "'backends.deployRules' of " + merge.origin);
        } else if (!references.isEmpty()) {
            merge.set("backends", "deployRules", rules(merge.json, computed(references, backends)));
        }
    }

    private static void requireNoDeployTo(List<DeployImages.Backend> backends, String rules) {
        for (DeployImages.Backend backend : backends) {
            if (backend.deployTo().isPresent()) {
                throw new OlympeException(String.format(
                        "The backend of image '%s' has 'deployTo' '%s', but the rules are written out in %s; remove one of them.",
                        backend.reference(), backend.deployTo().get(), rules));
            }
        }
    }

    private static List<DeployRule> computed(List<String> references, List<DeployImages.Backend> backends) {
        List<DeployRule> rules = new ArrayList<>();
        for (String reference : references) {
            Optional<String> deployTo = backends.stream()
                    .filter(backend -> backend.reference().equals(reference))
                    .findFirst()
                    .flatMap(DeployImages.Backend::deployTo);
            if (deployTo.isEmpty() && references.size() > 1) {
                throw new OlympeException(String.format(
                        "There are %d backend images, but no setting says which backends '%s' is for; set 'deployTo' of its <backend>, or"
                                + " write out 'deployRules'.",
                        references.size(), reference));
            }
            rules.add(DeployRule.forImage(reference, deployTo.orElse(".*")));
        }
        return rules;
    }

    private static ArrayNode rules(ObjectNode factory, List<DeployRule> rules) {
        ArrayNode array = factory.arrayNode();
        for (DeployRule rule : rules) {
            array.addObject().put("source", rule.source()).put("target", rule.target());
        }
        return array;
    }

    public Optional<String> frontendImage() {
        return text(json.path("frontend").path("image"));
    }

    public List<String> backendImages() {
        List<String> images = new ArrayList<>();
        json.path("backends").path("images").forEach(image -> images.add(image.textValue()));
        return images;
    }

    public List<DeployRule> deployRules() {
        List<DeployRule> rules = new ArrayList<>();
        json.path("backends")
                .path("deployRules")
                .forEach(rule -> rules.add(new DeployRule(
                        rule.path("source").textValue(), rule.path("target").textValue())));
        return rules;
    }

    public Optional<String> codeAsDataImage() {
        return text(json.path("codeAsData").path("image"));
    }

    /** Returns how code as data is updated, {@code auto} by default. */
    public String updateMode() {
        return text(json.path("codeAsData").path("updateMode")).orElse("auto");
    }

    /** Returns a copy of the JSON. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** Returns the JSON, indented and with a final line end. */
    public String toJson() {
        return Json.indented(json);
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue());
    }

    /** A payload under construction. */
    private record Merge(ObjectNode json, String origin) {

        /** Returns the object of this name, adding it if it is missing. */
        ObjectNode object(String name) {
            return json.get(name) instanceof ObjectNode object ? object : json.putObject(name);
        }

        void set(String parent, String key, JsonNode value) {
            set(object(parent), parent + ".", key, value);
        }

        void set(ObjectNode parent, String path, String key, JsonNode value) {
            JsonNode given = parent.get(key);
            if (given != null && !given.equals(value)) {
                throw new OlympeException(String.format(
                        "The key '%s' is %s in %s, but %s in the configuration; remove one of them.",
                        path + key, PayloadKeys.shown(given), origin, PayloadKeys.shown(value)));
            }
            parent.set(key, value);
        }
    }
}
