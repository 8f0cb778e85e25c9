package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.RuleExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Shows what a payload will do before it is sent.
 *
 * @param rows the targets and the image that each gets
 * @param warnings what looks wrong but may be intended, one sentence each
 */
public record DeployPreview(List<Row> rows, List<String> warnings) {

    /**
     * A line of the table.
     *
     * @param target the target of the image
     * @param image the image's reference, or why there is none
     */
    public record Row(String target, String image) {}

    private record Rule(DeployRule written, RuleExpression source, RuleExpression target, List<String> images) {}

    public DeployPreview {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /**
     * Applies the payload's rules.
     *
     * @param backendNames the known backends of the instance; if empty, the preview shows the rules' targets instead
     * @throws OlympeException if JavaScript cannot read an expression, a rule matches no image, an image is matched by no rule, or two
     *     images go to one backend
     */
    public static DeployPreview of(Payload payload, List<String> backendNames) {
        List<String> images = payload.backendImages();
        List<Rule> rules = new ArrayList<>();
        for (DeployRule rule : payload.deployRules()) {
            RuleExpression source = RuleExpression.of("deployRules.source", rule.source());
            RuleExpression target = RuleExpression.of("deployRules.target", rule.target());
            List<String> matched = images.stream().filter(source::matches).toList();
            if (matched.isEmpty()) {
                throw new OlympeException(String.format(
                        "The deploy rule with source '%s' matches none of the backend images (%s); correct it, or remove the rule.",
                        rule.source(), String.join(", ", images)));
            }
            rules.add(new Rule(rule, source, target, matched));
        }
        for (String image : images) {
            if (rules.stream().noneMatch(rule -> rule.images().contains(image))) {
                throw new OlympeException(String.format(
                        "The backend image '%s' is matched by no deploy rule (their sources are %s), so no backend would get it;"
                                + " add a rule for it, or remove 'deployRules' to let the plugin make one.",
                        image,
                        rules.stream().map(rule -> "'" + rule.source() + "'").collect(Collectors.joining(", "))));
            }
        }
        List<Row> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        payload.frontendImage().ifPresent(image -> rows.add(new Row("frontend", image)));
        if (backendNames.isEmpty()) {
            byTarget(rules, rows, warnings);
        } else if (!images.isEmpty()) {
            byName(rules, new ArrayList<>(new TreeSet<>(backendNames)), rows, warnings);
        }
        payload.codeAsDataImage()
                .ifPresent(image -> rows.add(new Row("code as data (" + payload.updateMode() + ")", image)));
        return new DeployPreview(rows, warnings);
    }

    private static void byTarget(List<Rule> rules, List<Row> rows, List<String> warnings) {
        for (Rule rule : rules) {
            rule.images().forEach(image -> rows.add(new Row("backends " + rule.target(), image)));
            if (rule.images().size() > 1) {
                warnings.add(String.format(
                        "The deploy rule with source '%s' sends several images to the same backends (%s).",
                        rule.source(), String.join(", ", rule.images())));
            }
        }
    }

    private static void byName(List<Rule> rules, List<String> names, List<Row> rows, List<String> warnings) {
        for (String name : names) {
            Map<String, Rule> claims = new LinkedHashMap<>();
            for (Rule rule : rules) {
                if (rule.target().matches(name)) {
                    rule.images().forEach(image -> claims.putIfAbsent(image, rule));
                }
            }
            if (claims.size() > 1) {
                throw new OlympeException(String.format(
                        "The backend '%s' of 'backendNames' would get %d images, %s; make the targets of the deploy rules exclude each"
                                + " other.",
                        name,
                        claims.size(),
                        claims.entrySet().stream()
                                .map(claim -> "'" + claim.getKey() + "' by the target '"
                                        + claim.getValue().target() + "'")
                                .collect(Collectors.joining(" and "))));
            }
            rows.add(new Row(
                    name,
                    claims.isEmpty()
                            ? "(no rule: stays unchanged)"
                            : claims.keySet().iterator().next()));
        }
        for (Rule rule : rules) {
            if (names.stream().noneMatch(rule.target()::matches)) {
                warnings.add("The deploy rule with target '" + rule.target() + "' matches none of 'backendNames' ("
                        + String.join(", ", names) + ").");
            }
        }
    }

    /** Returns the lines of the table. */
    public List<String> lines() {
        int width = rows.stream().mapToInt(row -> row.target().length()).max().orElse(0);
        return rows.stream()
                .map(row -> row.target() + " ".repeat(width - row.target().length()) + " -> " + row.image())
                .toList();
    }
}
