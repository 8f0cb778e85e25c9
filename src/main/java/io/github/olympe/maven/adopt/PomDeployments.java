package io.github.olympe.maven.adopt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Placeholders;
import io.github.olympe.maven.adopt.found.WebhookCall;
import io.github.olympe.maven.adopt.pipeline.PipelineFile;
import io.github.olympe.maven.adopt.pipeline.PipelineFile.Deployment;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Derives the deployment settings of a pom from what a pipeline sends to the webhook for each branch. */
final class PomDeployments {

    private final Findings findings;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<Element> elements = new ArrayList<>();
    private final Set<String> deployed = new LinkedHashSet<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, String> deployTo = new LinkedHashMap<>();
    private Optional<String> updateMode = Optional.empty();

    PomDeployments(Findings findings) {
        this.findings = findings;
    }

    Map<String, String> properties() {
        return properties;
    }

    List<Element> elements() {
        return elements;
    }

    /** Returns the deployed references, with placeholders. */
    Set<String> deployed() {
        return deployed;
    }

    /** Returns the variables that hold the tokens, by branch. */
    Map<String, String> tokens() {
        return tokens;
    }

    /** Returns the backends that get each image, by the image's name in the pom. */
    Map<String, String> deployTo() {
        return deployTo;
    }

    Optional<String> updateMode() {
        return updateMode;
    }

    /**
     * Reads what is sent for each branch.
     *
     * @param deployments what is sent, by branch
     * @param backends the names of backend images, by repository
     */
    void read(Map<String, Deployment> deployments, Map<String, String> backends) {
        Map<String, Target> targets = new LinkedHashMap<>();
        deployments.forEach((branch, deployment) -> {
            WebhookCall call = deployment.call();
            Optional<ObjectNode> payload = payload(call);
            payload.ifPresent(json -> images(json).forEach(deployed::add));
            targets.put(
                    branch,
                    new Target(
                            deployment.environment(),
                            url(call),
                            payload.map(json -> rest(json, call, backends)).orElseGet(Json::object),
                            call));
            token(branch, call);
        });
        if (targets.isEmpty()) {
            return;
        }
        settings(targets);
        Target first = targets.values().iterator().next();
        // A deployment without a branch is chosen by the name of its environment.
        boolean one =
                targets.values().stream().allMatch(first::sendsTheSame) && !targets.containsKey(PipelineFile.NO_BRANCH);
        WebhookCall call = first.call();
        if (one) {
            one(first, targets.keySet());
        } else {
            several(targets);
        }
        findings.found(call.place(), "curl to the webhook", "goal deploy");
    }

    /** Turns what all deployments have in common into parameters, if the plugin has parameters for it. The rest stays in their payloads. */
    private void settings(Map<String, Target> targets) {
        common(targets, "noDowntime", "promotionMode").ifPresent(mode -> properties.put("olympe.promotionMode", mode));
        common(targets, "", "skipUpdateVersions").ifPresent(skip -> properties.put("olympe.skipUpdateVersions", skip));
        updateMode = common(targets, "codeAsData", "updateMode");
    }

    private static Optional<String> common(Map<String, Target> targets, String parent, String key) {
        Set<JsonNode> values = new LinkedHashSet<>();
        targets.values()
                .forEach(target -> values.add(object(target.rest(), parent).path(key)));
        JsonNode value = values.iterator().next();
        if (values.size() > 1 || !value.isValueNode()) {
            return Optional.empty();
        }
        targets.values().forEach(target -> {
            if (parent.isEmpty()) {
                target.rest().remove(key);
            } else {
                remove(target.rest(), parent, key);
            }
        });
        return Optional.of(value.asText());
    }

    private static JsonNode object(ObjectNode json, String name) {
        return name.isEmpty() ? json : json.path(name);
    }

    private record Target(String environment, Optional<String> url, ObjectNode rest, WebhookCall call) {

        /** Returns the name of the instance: the one in the pipeline, or else the last part of its URL. */
        String name(String branch) {
            String last = url.map(text -> text.replaceFirst("/+$", "").replaceFirst(".*/", ""))
                    .orElse("");
            String name = !environment.isEmpty() ? environment : last;
            return name.matches("[\\w.-]+") ? name : slug(branch);
        }

        /** Returns whether the same payload is sent to the same URL. Unknown URLs count as the same. */
        boolean sendsTheSame(Target other) {
            return url.equals(other.url) && call.url().equals(other.call.url()) && rest.equals(other.rest);
        }
    }

    private void one(Target target, Set<String> branches) {
        target.url().ifPresent(url -> properties.put("olympe.deploy.url", url));
        String pattern = String.join("|", branches);
        if (pattern.isEmpty()) {
            findings.open(
                    target.call().place(),
                    "a deployment of every branch",
                    "The plugin deploys main and master; set 'deployBranches' to deploy others too.");
        } else if (!Set.of("main|master", "master|main").contains(pattern)) {
            properties.put("olympe.deployBranches", pattern);
        }
        PomPayload.of(target.rest(), target.call(), findings).ifPresent(elements::add);
    }

    private void several(Map<String, Target> targets) {
        Map<String, List<String>> branches = new LinkedHashMap<>();
        Map<String, Target> byName = new LinkedHashMap<>();
        targets.forEach((branch, target) -> {
            String name = freeName(target, branch, byName);
            byName.put(name, target);
            branches.computeIfAbsent(name, absent -> new ArrayList<>()).add(branch);
        });
        List<Element> environments = new ArrayList<>();
        byName.forEach((name, target) -> {
            List<Element> environment = new ArrayList<>();
            environment.add(Element.of("name", name));
            environment.add(Element.of("branch", String.join("|", branches.getOrDefault(name, List.of()))));
            target.url().ifPresent(url -> environment.add(Element.of("url", url)));
            PomPayload.of(target.rest(), target.call(), findings).ifPresent(environment::add);
            environments.add(Element.of("environment", environment));
        });
        elements.add(Element.of("environments", environments));
    }

    /** Returns a target's name, with its branch added if another target already has the name. Two instances are never merged. */
    private static String freeName(Target target, String branch, Map<String, Target> taken) {
        String own = target.name(branch);
        String name = own;
        for (int i = 1; taken.containsKey(name) && !target.sendsTheSame(taken.get(name)); i++) {
            name = own + "-" + (i == 1 ? slug(branch) : String.valueOf(i));
        }
        return name;
    }

    private static String slug(String branch) {
        String slug = branch.replaceAll("[^\\w.-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return slug.isEmpty() ? "by-name" : slug;
    }

    private Optional<String> url(WebhookCall call) {
        String url = call.url();
        if (url.isEmpty() || Placeholders.in(url) || Unknowns.onlyInTags(url)) {
            findings.open(
                    call.place(),
                    url.isEmpty() ? "the webhook's URL" : "URL " + url,
                    "It is still a placeholder, or not known; set it in the pom to the URL that Olympe gave you.");
            return Optional.empty();
        }
        if (url.contains("@") || findings.hasSecret(url)) {
            findings.open(
                    call.place(),
                    "a webhook's URL with a password or token",
                    "Make a new one. Set olympe.deploy.url to the URL without it, or to a variable of the CI as ${env.NAME}; put a token into the variable OLYMPE_DEPLOY_TOKEN.");
            return Optional.empty();
        }
        return Optional.of(url);
    }

    private void token(String branch, WebhookCall call) {
        Optional<String> variable = Unknowns.variableIn(call.token());
        if (variable.isPresent()) {
            tokens.put(branch, variable.get());
            findings.found(call.place(), "token in the variable " + variable.get(), "OLYMPE_DEPLOY_TOKEN");
        } else if (!call.token().isEmpty()) {
            findings.open(
                    call.place(),
                    "a token written in the file",
                    "Have Olympe give you a new one, and put it into the variable OLYMPE_DEPLOY_TOKEN of the CI, or a server of settings.xml that"
                            + " 'deployServerId' names.");
        }
    }

    private Optional<ObjectNode> payload(WebhookCall call) {
        try {
            if (Json.parseStrictly(call.body()) instanceof ObjectNode object) {
                return Optional.of(object);
            }
        } catch (JsonProcessingException e) {
            // Reported below.
        }
        findings.open(
                call.place(),
                "a payload that is not JSON when it is put together",
                "Compare the payload of 'mvn deploy -Dolympe.dryRun' with what the pipeline sends, and set 'payload' to what is missing.");
        return Optional.empty();
    }

    private static List<String> images(ObjectNode payload) {
        List<String> images = new ArrayList<>();
        payload.path("frontend").path("image").asText("").lines().forEach(images::add);
        payload.path("backends").path("images").forEach(image -> images.add(image.asText()));
        payload.path("codeAsData").path("image").asText("").lines().forEach(images::add);
        return images;
    }

    /** Returns a payload without images and without rules that the plugin makes itself. */
    private ObjectNode rest(ObjectNode payload, WebhookCall call, Map<String, String> backends) {
        ObjectNode rest = payload.deepCopy();
        if (rest.has(Unknowns.OBJECT)) {
            properties.put(
                    "olympe.payload",
                    Unknowns.variable(rest.path(Unknowns.OBJECT).asText()));
            rest.remove(Unknowns.OBJECT);
        }
        remove(rest, "frontend", "image");
        remove(rest, "codeAsData", "image");
        JsonNode rules = rest.path("backends").path("deployRules");
        if (rules.isArray() && rules.size() > 0) {
            DeployRules.read(rules, call, backends, findings).forEach(deployTo::put);
        } else if (backends.size() > 1) {
            findings.open(
                    call.place(),
                    "several backend images without deploy rules",
                    "Say for each <backend> in 'deployTo' which backends of the instance it is for.");
        }
        remove(rest, "backends", "images");
        remove(rest, "backends", "deployRules");
        return rest;
    }

    private static void remove(ObjectNode payload, String parent, String key) {
        if (payload.get(parent) instanceof ObjectNode object) {
            object.remove(key);
            if (object.isEmpty()) {
                payload.remove(parent);
            }
        }
    }
}
