package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a job of GitLab runs: {@code rules}, {@code only}, {@code except} and {@code when}.
 *
 * @param branches the branches, as regular expressions of the whole name; empty for all
 * @param byHand whether somebody has to start it
 */
record GitlabRules(List<String> branches, boolean byHand) {

    private static final Pattern BRANCH_RULE = Pattern.compile(
            "\\$\\{?CI_COMMIT_(?:BRANCH|REF_NAME|REF_SLUG)}?\\s*(==|=~|!=|!~)\\s*(\"[^\"]*\"|'[^']*'|/(?:[^/\\\\]|\\\\.)*/i?|\\$\\{?\\w+}?)");
    private static final Pattern OTHER_RULE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final Set<String> KINDS_OF_REFS = Set.of(
            "branches",
            "tags",
            "merge_requests",
            "pushes",
            "web",
            "api",
            "schedules",
            "pipelines",
            "triggers",
            "external");
    private static final String WRITE_BRANCHES =
            "Write the branches that deploy into 'deployBranches', as a regular expression.";

    /** Reads the rules of a job. */
    static GitlabRules of(Map<String, Yaml> job, Map<String, String> variables, Findings findings) {
        List<String> branches = new ArrayList<>();
        boolean byHand = job.getOrDefault("when", Yaml.NOTHING).text().equals("manual");
        for (Yaml rule : job.getOrDefault("rules", Yaml.NOTHING).items()) {
            String when = rule.get("when").text();
            byHand |= when.equals("manual");
            if (!when.equals("never")) {
                condition(rule.get("if"), variables, branches, findings);
            }
        }
        for (Yaml ref : refs(job.getOrDefault("only", Yaml.NOTHING))) {
            if (ref.text().equals("tags")) {
                tags(ref, findings);
            } else if (!KINDS_OF_REFS.contains(ref.text())) {
                branches.addAll(BranchRules.of(ref.text().startsWith("/") ? ref.text() : "/^" + ref.text() + "$/"));
            }
        }
        for (Yaml ref : refs(job.getOrDefault("except", Yaml.NOTHING))) {
            if (!KINDS_OF_REFS.contains(ref.text())) {
                findings.open(ref.place(), "except " + ref.text(), WRITE_BRANCHES);
            }
        }
        return new GitlabRules(branches.stream().distinct().toList(), byHand);
    }

    private static List<Yaml> refs(Yaml written) {
        return (written.isMapping() ? written.get("refs") : written).items();
    }

    /** Takes the branches of a rule's condition. */
    private static void condition(
            Yaml condition, Map<String, String> variables, List<String> branches, Findings findings) {
        String text = condition.text();
        Matcher rule = BRANCH_RULE.matcher(text);
        boolean found = false;
        while (rule.find()) {
            found = true;
            if (rule.group(1).startsWith("!")) {
                findings.open(condition.place(), text, WRITE_BRANCHES);
                continue;
            }
            String right = rule.group(2);
            if (right.startsWith("$")) {
                String name = right.replaceAll("[${}]", "");
                right = name.equals("CI_DEFAULT_BRANCH") ? "main|master" : variables.getOrDefault(name, "");
                if (right.isEmpty()) {
                    findings.open(
                            condition.place(),
                            "$" + name,
                            "The file does not set it. Write the branches that deploy into 'deployBranches'.");
                    continue;
                }
            } else if (!right.startsWith("/")) {
                right = "/^" + right.substring(1, right.length() - 1) + "$/";
            }
            branches.addAll(BranchRules.of(right));
            findings.found(condition.place(), text, "deployBranches, or the environments' branches: " + right);
        }
        if (!found && text.contains("CI_COMMIT_TAG")) {
            tags(condition, findings);
        } else if (!found) {
            Matcher other = OTHER_RULE.matcher(text);
            while (other.find()) {
                String name = other.group(1);
                if (name.toUpperCase(Locale.ROOT).contains("CODE")) {
                    findings.found(condition.place(), text, "-Dolympe.codeAsData.deploy in the new pipeline");
                } else if (!name.startsWith("CI_")) {
                    findings.open(
                            condition.place(),
                            text,
                            "The new pipeline has no such condition; add it there if it is needed.");
                }
            }
        }
    }

    private static void tags(Yaml place, Findings findings) {
        findings.open(
                place.place(),
                "a job for tags",
                "A tag's build has no branch: name the environment with -Dolympe.environment=NAME to deploy it.");
    }
}
