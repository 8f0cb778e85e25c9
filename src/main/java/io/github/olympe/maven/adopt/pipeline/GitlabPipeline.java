package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .gitlab-ci.yml}. */
final class GitlabPipeline {

    private static final Set<String> NO_JOBS = Set.of(
            "variables",
            "stages",
            "default",
            "include",
            "workflow",
            "image",
            "before_script",
            "after_script",
            "cache",
            "services",
            "spec");

    private static final Pattern NODE_IMAGE = Pattern.compile("(?:.*/)?node:v?(\\d[\\d.]*).*");

    private final Path project;
    private final Findings findings;
    private Optional<String> nodeVersion = Optional.empty();
    private final GitlabDefinitions definitions;
    private final List<Yaml> roots = new ArrayList<>();
    private final Map<String, Yaml> variables = new LinkedHashMap<>();
    private final Map<String, String> global = new LinkedHashMap<>();
    private final List<String> stages = new ArrayList<>();
    private final Map<String, Yaml> defaults = new LinkedHashMap<>();

    private GitlabPipeline(Path project, Findings findings) {
        this.project = project;
        this.findings = findings;
        this.definitions = new GitlabDefinitions(findings);
    }

    /**
     * Reads the pipeline.
     *
     * @param project the project's folder
     */
    static PipelineFile read(Path project, Findings findings) {
        String file = Ci.GITLAB.file();
        GitlabPipeline pipeline = new GitlabPipeline(project, findings);
        pipeline.collect(file, 0);
        List<Job> jobs = pipeline.jobs();
        OtherKeys.tellVariables(pipeline.roots, pipeline.variables, findings);
        return new PipelineFile(Ci.GITLAB, file, jobs, pipeline.nodeVersion);
    }

    private void collect(String file, int depth) {
        List<Yaml> documents = Yaml.documents(project, file);
        documents.stream()
                .limit(Math.max(0, documents.size() - 1))
                .forEach(header -> OtherKeys.tell("", header, Set.of(), findings));
        Yaml root = documents.isEmpty() ? new Yaml(file, null) : documents.get(documents.size() - 1);
        roots.add(root);
        for (Yaml include : root.get("include").items()) {
            include(include, depth);
        }
        root.get("variables").members().forEach((name, value) -> {
            global.put(name, value(value));
            variables.put(name, value);
        });
        List<String> written = root.get("stages").texts();
        if (!written.isEmpty()) {
            stages.clear();
            stages.addAll(written);
        }
        for (String key : List.of("image", "before_script", "after_script")) {
            for (Yaml value : List.of(root.get(key), root.get("default").get(key))) {
                if (value.exists()) {
                    defaults.put(key, value);
                }
            }
        }
        for (String key : List.of("services", "spec")) {
            if (root.get(key).exists()) {
                findings.open(root.get(key).place(), key, OtherKeys.ADVICE);
            }
        }
        if (root.get("cache").exists()) {
            GitlabJobKeys.tellCache(root.get("cache"), findings);
        }
        GitlabJobKeys.tell("default", root.get("default").members(), findings);
        OtherKeys.tell("workflow: ", root.get("workflow"), Set.of("rules"), findings);
        for (Yaml rule : root.get("workflow").get("rules").items()) {
            findings.open(
                    rule.place(),
                    "workflow: rules",
                    "They say which pipelines run at all. Copy them into the new pipeline if it should not run on each push.");
            break;
        }
        root.members().forEach((name, value) -> {
            if (!NO_JOBS.contains(name) && value.isMapping()) {
                definitions.put(name, value.members());
            } else if (!NO_JOBS.contains(name) && !name.startsWith(".")) { // Hidden entries hold anchors.
                findings.open(
                        value.place(), name, "It is neither a job nor a setting of GitLab; correct it or take it out.");
            }
        });
    }

    private void include(Yaml include, int depth) {
        String local = include.isMapping() ? include.get("local").text() : include.text();
        String file = local.replaceFirst("^/", "");
        if (!file.isEmpty() && !file.contains("://") && depth < 5 && Files.isRegularFile(project.resolve(file))) {
            collect(file, depth + 1);
            OtherKeys.tell("include: ", include, Set.of("local"), findings);
        } else {
            findings.open(
                    include.place(),
                    "include",
                    "The included file is not in this project and was not read. Copy what it does for this project into the pipeline, and run adopt again.");
        }
    }

    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        definitions.jobs().entrySet().stream()
                .sorted(Comparator.comparingInt(
                        job -> stages.indexOf(job.getValue().get("stage").text())))
                .forEach(job -> jobs.addAll(job(job.getKey(), job.getValue())));
        return jobs;
    }

    private List<Job> job(String name, GitlabDefinitions.Definition job) {
        GitlabJobKeys.tell(name, job.keys(), findings);
        variables.putAll(job.variables());
        Yaml image = job.get("image", defaults);
        String container = image.isMapping() ? image.get("name").text() : image.text();
        Matcher node = NODE_IMAGE.matcher(container);
        if (node.matches()) {
            nodeVersion = Optional.of(node.group(1));
            findings.found(image.place(), "image " + node.group(), "nodeVersion");
        } else if (!container.isEmpty()) {
            findings.found(image.place(), "image " + container, "the Maven image of the new pipeline");
        }
        Map<String, String> written = new LinkedHashMap<>(global);
        job.variables().forEach((key, value) -> {
            if (value.exists()) {
                written.put(key, value(value));
            } else {
                written.remove(key); // The CI sets an empty one.
            }
        });
        GitlabRules rules = GitlabRules.of(job.keys(), definitions.items(job.get("rules")), written, findings);
        List<Job> jobs = new ArrayList<>();
        for (Map<String, String> row : matrix(job.get("parallel"))) {
            Map<String, String> values = new LinkedHashMap<>(written);
            values.putAll(row);
            Map<String, String> resolved = References.resolved(values);
            String environment = environment(job.get("environment"), resolved);
            jobs.add(new Job(name, environment, resolved, shells(job), rules.branches(), rules.byHand()));
        }
        return jobs;
    }

    private static String environment(Yaml written, Map<String, String> variables) {
        String name = written.isMapping() ? written.get("name").text() : written.text();
        String resolved = References.text(name, variables);
        return Unknowns.in(resolved) ? "" : resolved;
    }

    private List<List<Script>> shells(GitlabDefinitions.Definition job) {
        List<Script> parts = new ArrayList<>();
        for (Yaml value : List.of(job.get("before_script", defaults), job.get("script"))) {
            if (value.isListInText()) {
                findings.open(
                        value.place(),
                        "a list in a text",
                        "GitLab would run each '-' as a command. It was read as the intended list.");
            }
            add(value, parts);
        }
        List<Script> after = new ArrayList<>();
        add(job.get("after_script", defaults), after);
        return List.of(parts, after);
    }

    /** Adds lines to the ones before. Lines of another file become a new part. */
    private void add(Yaml written, List<Script> parts) {
        for (Yaml item : definitions.items(written)) {
            if (item.isMapping()) {
                findings.open(
                        item.place(),
                        "a line with ': ' in it",
                        "YAML reads it as a mapping, and GitLab as an error. Put the line into quotes, and run adopt again.");
            }
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).file().equals(item.file())) {
                parts.set(last, parts.get(last).then(item.script()));
            } else {
                parts.add(item.script());
            }
        }
    }

    private static String value(Yaml value) {
        return value.isMapping() ? value.get("value").text() : value.text();
    }

    /** Returns each row of {@code parallel: matrix}, or one without variables if there is no matrix. */
    private static List<Map<String, String>> matrix(Yaml parallel) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Yaml entry : parallel.get("matrix").items()) {
            List<Map<String, String>> part = List.of(Map.of());
            for (Map.Entry<String, Yaml> member : entry.members().entrySet()) {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> row : part) {
                    for (String value : member.getValue().texts()) {
                        Map<String, String> one = new LinkedHashMap<>(row);
                        one.put(member.getKey(), value);
                        longer.add(one);
                    }
                }
                part = longer;
            }
            rows.addAll(part);
        }
        return rows.isEmpty() ? List.of(Map.of()) : rows;
    }
}
