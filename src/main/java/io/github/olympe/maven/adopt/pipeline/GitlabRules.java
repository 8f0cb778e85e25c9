package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a job of GitLab runs: {@code rules}, {@code only}, {@code except} and {@code when}.
 *
 * @param branches the branches, as regular expressions for the whole name; empty for all
 * @param byHand whether somebody has to start it
 */
record GitlabRules(List<String> branches, boolean byHand) {

    private static final Pattern BRANCH_RULE = Pattern.compile(
            "\\$\\{?CI_COMMIT_(?:BRANCH|REF_NAME|REF_SLUG)}?\\s*(==|=~|!=|!~)\\s*(\"[^\"]*\"|'[^']*'|/(?:[^/\\\\]|\\\\.)*/i?|\\$\\{?\\w+}?)");
    private static final Pattern OTHER_RULE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)}?");
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
    private static final String ADD_CONDITION =
            "The new pipeline has no such condition, and would run without it; add it there if it is needed.";
    private static final String WRITE_BRANCHES =
            "Write the branches that deploy into 'deployBranches', as a regular expression.";

    /**
     * Reads the rules of a job.
     *
     * @param rules its {@code rules}, with those of other jobs that it refers to
     */
    static GitlabRules of(Map<String, Yaml> job, List<Yaml> rules, Map<String, String> variables, Findings findings) {
        return new Reader(variables, findings).read(job, rules);
    }

    /** Returns whether a condition of {@code rules} concerns tags or merge requests, which the plugin does not deploy by itself. */
    private static boolean isAboutOtherBuilds(String text) {
        return text.contains("CI_COMMIT_TAG")
                || text.contains("CI_MERGE_REQUEST")
                || text.contains("CI_PIPELINE_SOURCE") && text.contains("merge_request");
    }

    /** Reads one job. */
    private static final class Reader {

        private final Map<String, String> variables;
        private final Findings findings;
        private final List<String> branches = new ArrayList<>();
        /** Whether a push to any branch runs the job. */
        private boolean always;

        Reader(Map<String, String> variables, Findings findings) {
            this.variables = variables;
            this.findings = findings;
        }

        GitlabRules read(Map<String, Yaml> job, List<Yaml> rules) {
            boolean byHand = job.getOrDefault("when", Yaml.NOTHING).text().equals("manual");
            for (Yaml rule : rules) {
                String when = rule.get("when").text();
                byHand |= when.equals("manual");
                if (when.equals("never")) {
                    never(rule.get("if"));
                } else {
                    rule(rule);
                }
            }
            Yaml only = job.getOrDefault("only", Yaml.NOTHING);
            Yaml except = job.getOrDefault("except", Yaml.NOTHING);
            refs(only).forEach(this::only);
            for (Yaml ref : refs(except)) {
                if (!KINDS_OF_REFS.contains(ref.text())) {
                    findings.open(ref.place(), "except " + ref.text(), WRITE_BRANCHES);
                } else if (!Set.of("branches", "tags", "merge_requests").contains(ref.text())) {
                    findings.open(ref.place(), "except " + ref.text(), ADD_CONDITION);
                }
            }
            others(only, "only");
            others(except, "except");
            boolean limited = !rules.isEmpty() || !refs(only).isEmpty();
            boolean noBranches =
                    refs(except).stream().anyMatch(ref -> ref.text().equals("branches"));
            if (branches.isEmpty() && (limited && !always || noBranches)) {
                branches.add(PipelineFile.NO_BRANCH);
            }
            return new GitlabRules(branches.stream().distinct().toList(), byHand);
        }

        /** Reports conditions of {@code only} or {@code except} other than refs. */
        private void others(Yaml written, String name) {
            written.members().forEach((key, value) -> {
                if (!key.equals("refs")) {
                    findings.open(value.place(), name + ": " + key, ADD_CONDITION);
                }
            });
        }

        private void only(Yaml ref) {
            String text = ref.text();
            if (text.equals("tags")) {
                tags(ref);
            } else if (text.equals("branches") || text.equals("pushes")) {
                always = true;
            } else if (KINDS_OF_REFS.contains(text)) {
                if (!text.equals("merge_requests")) {
                    findings.open(ref.place(), "only " + text, ADD_CONDITION);
                }
            } else {
                branches.addAll(BranchRules.of(text.startsWith("/") ? text : "/^" + text + "$/"));
            }
        }

        private void never(Yaml condition) {
            String text = condition.text();
            if (BRANCH_RULE.matcher(text).find()) {
                findings.open(condition.place(), "never where " + text, WRITE_BRANCHES);
            } else if (!text.isEmpty() && !isAboutOtherBuilds(text)) {
                findings.open(condition.place(), "never where " + text, ADD_CONDITION);
            }
        }

        private void rule(Yaml rule) {
            if (!rule.isMapping()) {
                findings.open(rule.place(), "rules that are a reference", WRITE_BRANCHES);
            }
            for (String key : List.of("changes", "exists")) {
                if (rule.get(key).exists()) {
                    findings.open(rule.get(key).place(), "rules: " + key, ADD_CONDITION);
                }
            }
            Yaml when = rule.get("when");
            if (when.exists() && !Set.of("on_success", "manual").contains(when.text())) {
                findings.open(when.place(), "rules: when: " + when.text(), OtherKeys.ADVICE);
            }
            OtherKeys.tell("rules: ", rule, Set.of("if", "when", "changes", "exists"), findings);
            Yaml condition = rule.get("if");
            if (condition.exists()) {
                condition(condition);
            } else {
                always = true;
            }
        }

        /** Reads the branches of a rule's condition. */
        private void condition(Yaml condition) {
            String text = condition.text();
            Matcher rule = BRANCH_RULE.matcher(text);
            boolean found = false;
            while (rule.find()) {
                found = true;
                if (rule.group(1).startsWith("!")) {
                    always = true;
                    findings.open(condition.place(), text, WRITE_BRANCHES);
                } else {
                    right(rule.group(2))
                            .ifPresentOrElse(
                                    right -> {
                                        branches.addAll(BranchRules.of(right));
                                        findings.found(
                                                condition.place(),
                                                text,
                                                "deployBranches, or the environments' branches: " + right);
                                    },
                                    () -> {
                                        always = true;
                                        findings.open(
                                                condition.place(),
                                                rule.group(2),
                                                "The file does not set it. Write the branches that deploy into 'deployBranches'.");
                                    });
                }
            }
            String rest = rule.replaceAll("").replaceAll("\\$\\{?CI_PIPELINE_SOURCE}?\\s*==\\s*[\"']push[\"']", "");
            if (found) {
                if (!rest.replaceAll("\\|\\||&&|[()\\s]", "").isEmpty()) {
                    findings.open(condition.place(), text, ADD_CONDITION);
                }
            } else if (text.contains("CI_COMMIT_TAG")) {
                tags(condition);
            } else if (!isAboutOtherBuilds(text)) {
                other(condition, rest);
            }
        }

        /** Returns what a branch is compared with: an expression in slashes, or names. The result is absent if the file does not set it. */
        private Optional<String> right(String written) {
            if (written.startsWith("$")) {
                String name = written.replaceAll("[${}]", "");
                String value = name.equals("CI_DEFAULT_BRANCH") ? "main|master" : variables.getOrDefault(name, "");
                return Optional.of(value).filter(text -> !text.isEmpty());
            }
            return Optional.of(
                    written.startsWith("/") ? written : "/^" + written.substring(1, written.length() - 1) + "$/");
        }

        /** Handles a condition on something other than branches, tags and merge requests. If it is true, every branch runs the job. */
        private void other(Yaml condition, String rest) {
            Matcher variable = OTHER_RULE.matcher(rest);
            Set<String> names = new LinkedHashSet<>();
            while (variable.find()) {
                names.add(variable.group(1));
            }
            always = true;
            boolean codeAsData = names.size() == 1
                    && names.iterator().next().toUpperCase(Locale.ROOT).contains("CODE");
            if (codeAsData) {
                findings.found(condition.place(), condition.text(), "-Dolympe.codeAsData.deploy in the new pipeline");
            } else if (!rest.isBlank() && !names.equals(Set.of("CI_COMMIT_BRANCH"))) {
                findings.open(condition.place(), condition.text(), ADD_CONDITION);
            }
        }

        private void tags(Yaml place) {
            findings.open(
                    place.place(),
                    "a job for tags",
                    "A tag's build has no branch: name the environment with -Dolympe.environment=NAME to deploy it.");
        }
    }

    private static List<Yaml> refs(Yaml written) {
        return (written.isMapping() ? written.get("refs") : written).items();
    }
}
