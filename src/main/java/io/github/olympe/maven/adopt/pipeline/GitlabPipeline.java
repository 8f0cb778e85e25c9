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

    /** The keys of a job that are read, or that do not matter. */
    private static final Set<String> KNOWN = Set.of(
            "stage",
            "image",
            "script",
            "before_script",
            "after_script",
            "variables",
            "extends",
            "rules",
            "only",
            "except",
            "when",
            "environment",
            "dependencies",
            "needs",
            "artifacts",
            "cache");

    private static final Pattern NODE_IMAGE = Pattern.compile("(?:.*/)?node:v?(\\d[\\d.]*).*");

    private static final int DEEPEST = 10;

    private final Path project;
    private final Findings findings;
    private Optional<String> nodeVersion = Optional.empty();
    private final Map<String, Map<String, Yaml>> definitions = new LinkedHashMap<>();
    private final Map<String, String> global = new LinkedHashMap<>();
    private final List<String> stages = new ArrayList<>();
    private final Map<String, Yaml> defaults = new LinkedHashMap<>();

    private GitlabPipeline(Path project, Findings findings) {
        this.project = project;
        this.findings = findings;
    }

    /**
     * Reads the pipeline.
     *
     * @param project the project's folder
     */
    static PipelineFile read(Path project, Findings findings) {
        String file = Ci.GITLAB.file();
        GitlabPipeline pipeline = new GitlabPipeline(project, findings);
        pipeline.collect(Yaml.read(project, file), 0);
        List<Job> jobs = pipeline.jobs();
        return new PipelineFile(Ci.GITLAB, file, jobs, pipeline.nodeVersion);
    }

    private void collect(Yaml root, int depth) {
        for (Yaml include : root.get("include").items()) {
            include(include, depth);
        }
        root.get("variables").members().forEach((name, value) -> global.put(name, value(value)));
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
        OtherKeys.ofGitlab(root.members(), findings);
        OtherKeys.ofGitlabJob("default", root.get("default").members(), findings);
        for (Yaml rule : root.get("workflow").get("rules").items()) {
            findings.open(
                    rule.place(),
                    "workflow: rules",
                    "They say which pipelines run at all. Copy them into the new pipeline where it is not to run on each push.");
            break;
        }
        root.members().forEach((name, value) -> {
            if (!NO_JOBS.contains(name) && value.isMapping()) {
                definitions.put(name, value.members());
            } else if (!NO_JOBS.contains(name)) {
                findings.open(
                        value.place(), name, "It is neither a job nor a setting of GitLab; correct it or take it out.");
            }
        });
    }

    private void include(Yaml include, int depth) {
        String local = include.isMapping() ? include.get("local").text() : include.text();
        String file = local.replaceFirst("^/", "");
        if (!file.isEmpty() && !file.contains("://") && depth < 5 && Files.isRegularFile(project.resolve(file))) {
            collect(Yaml.read(project, file), depth + 1);
        } else {
            findings.open(
                    include.place(),
                    "include",
                    "The included file is not in this project and was not read. Copy what it does for this project into the pipeline, and run adopt again.");
        }
    }

    /**
     * A job as it is written.
     *
     * @param keys its members
     * @param variables its variables, those of the jobs that it extends included
     */
    private record Definition(Map<String, Yaml> keys, Map<String, Yaml> variables) {

        Definition() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(Map<String, Yaml> members) {
            keys.putAll(members);
            variables.putAll(get("variables").members());
        }

        Yaml get(String key) {
            return keys.getOrDefault(key, Yaml.NOTHING);
        }

        Yaml get(String key, Map<String, Yaml> defaults) {
            return keys.getOrDefault(key, defaults.getOrDefault(key, Yaml.NOTHING));
        }
    }

    private List<Job> jobs() {
        Map<String, Definition> all = new LinkedHashMap<>();
        definitions.keySet().stream()
                .filter(name -> !name.startsWith("."))
                .forEach(name -> all.put(name, extended(name, 0)));
        List<Job> jobs = new ArrayList<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        job -> stages.indexOf(job.getValue().get("stage").text())))
                .forEach(job -> jobs.addAll(job(job.getKey(), job.getValue())));
        return jobs;
    }

    /** A job with what it extends; variables are merged, as GitLab does. */
    private Definition extended(String name, int depth) {
        Map<String, Yaml> own = definitions.getOrDefault(name, Map.of());
        Definition all = new Definition();
        Yaml parents = own.getOrDefault("extends", Yaml.NOTHING);
        for (String parent : depth < DEEPEST ? parents.texts() : List.<String>of()) {
            if (!definitions.containsKey(parent)) {
                findings.open(
                        parents.place(),
                        "extends " + parent,
                        "There is no such job in the files that were read; take out what is needed from it, and run adopt again.");
            }
            Definition inherited = extended(parent, depth + 1);
            all.keys.putAll(inherited.keys);
            all.variables.putAll(inherited.variables);
        }
        all.add(own);
        return all;
    }

    private List<Job> job(String name, Definition job) {
        OtherKeys.ofGitlabJob(name, job.keys(), findings);
        job.keys().forEach((key, value) -> {
            if (!KNOWN.contains(key) && !OtherKeys.isOfGitlabJob(key)) {
                findings.open(
                        value.place(), name + ": " + key, "adopt does not know this key; look whether it matters.");
            }
        });
        Yaml image = job.get("image", defaults);
        Matcher node = NODE_IMAGE.matcher(image.isMapping() ? image.get("name").text() : image.text());
        if (node.matches()) {
            nodeVersion = Optional.of(node.group(1));
            findings.found(image.place(), "image " + node.group(), "nodeVersion");
        }
        Map<String, String> written = new LinkedHashMap<>(global);
        job.variables().forEach((key, value) -> {
            if (value.exists()) {
                written.put(key, value(value));
            } else {
                written.remove(key); // An empty one is set by the CI.
            }
        });
        GitlabRules rules = GitlabRules.of(job.keys(), written, findings);
        List<Job> jobs = new ArrayList<>();
        for (Map<String, String> row : matrix(job.get("parallel"))) {
            Map<String, String> variables = new LinkedHashMap<>(written);
            variables.putAll(row);
            Map<String, String> resolved = References.resolved(variables);
            String environment = environment(job.get("environment"), resolved);
            jobs.add(new Job(name, environment, resolved, scripts(job), rules.branches(), rules.byHand()));
        }
        return jobs;
    }

    private static String environment(Yaml written, Map<String, String> variables) {
        String name = written.isMapping() ? written.get("name").text() : written.text();
        String resolved = References.text(name, variables);
        return Unknowns.in(resolved) ? "" : resolved;
    }

    private List<Script> scripts(Definition job) {
        Script script = new Script(Ci.GITLAB.file(), List.of());
        for (Yaml value : List.of(job.get("before_script", defaults), job.get("script"))) {
            if (value.isListInText()) {
                findings.open(
                        value.place(),
                        "a list in a text",
                        "GitLab would run each '-' as a command. It was read as the list that is meant.");
            }
            script = script.then(value.script());
        }
        return List.of(script, job.get("after_script", defaults).script());
    }

    private static String value(Yaml value) {
        return value.isMapping() ? value.get("value").text() : value.text();
    }

    /** Each row of {@code parallel: matrix}; one without variables where there is none. */
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
