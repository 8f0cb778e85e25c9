package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a workflow of GitHub Actions. */
final class GithubWorkflow {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern VARIABLE =
            Pattern.compile("(?:env|vars|secrets|inputs|github\\.event\\.inputs)\\.(\\w+)");
    private static final Pattern BRANCH_CONDITION =
            Pattern.compile("github\\.ref(?:_name)?\\s*==\\s*'(?:refs/heads/)?([^']+)'");
    private static final Map<String, String> CONTEXT = Map.of(
            "github.ref_name", Unknowns.BRANCH,
            "github.ref", "refs/heads/" + Unknowns.BRANCH,
            "github.sha", Unknowns.FULL_COMMIT,
            "github.run_number", Unknowns.BUILD,
            "github.run_id", Unknowns.BUILD);

    /** The keys of a job that are read, or that only order and name it. */
    private static final Set<String> OF_A_JOB =
            Set.of("name", "needs", "runs-on", "env", "if", "steps", "environment", "uses", "with", "secrets");

    private static final Set<String> OF_A_STEP = Set.of("name", "id", "run", "shell", "uses", "with", "env", "if");

    /** The inputs of actions that are read, or that the new workflow no longer needs. */
    private static final Map<String, Set<String>> INPUTS = Map.of(
            "actions/checkout",
            Set.of(),
            "actions/setup-node",
            Set.of("node-version", "cache"),
            "docker/build-push-action",
            Set.of("file", "tags", "build-args", "push", "cache-from", "cache-to"));

    private final String file;
    private final Findings findings;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<String, Yaml> written = new LinkedHashMap<>();
    private Optional<String> nodeVersion = Optional.empty();

    private GithubWorkflow(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** Reads the workflow of a file. */
    static PipelineFile read(Path project, String file, Findings findings) {
        GithubWorkflow workflow = new GithubWorkflow(file, findings);
        Yaml root = Yaml.read(project, file);
        OtherKeys.tell("", root, Set.of("name", "run-name", "on", "env", "jobs"), findings);
        Yaml on = root.get("on");
        OtherKeys.tell("on: ", on, Set.of("push", "pull_request", "workflow_dispatch"), findings);
        OtherKeys.tell("on: push: ", on.get("push"), Set.of("branches"), findings);
        OtherKeys.tell("on: pull_request: ", on.get("pull_request"), Set.of("branches"), findings);
        OtherKeys.tell("on: workflow_dispatch: ", on.get("workflow_dispatch"), Set.of(), findings);
        if (!on.text().equals("push")
                && !on.texts().contains("push")
                && !on.members().containsKey("push")) {
            findings.open(
                    on.place(),
                    "a workflow that no push starts",
                    "The new one runs on each push. Take 'push' out of it, or deploy by its 'workflow_dispatch' alone.");
        }
        List<String> branches = on.get("push").get("branches").texts().stream()
                .map(BranchRules::glob)
                .toList();
        root.get("jobs").members().forEach((name, job) -> workflow.job(name, job, root.get("env"), branches));
        workflow.written.putAll(root.get("env").members());
        OtherKeys.tellVariables(List.of(root), workflow.written, findings);
        return new PipelineFile(Ci.GITHUB, file, workflow.jobs, workflow.nodeVersion);
    }

    private void job(String name, Yaml job, Yaml outer, List<String> pushed) {
        OtherKeys.tell(name + ": ", job, OF_A_JOB, findings);
        written.putAll(job.get("env").members());
        String runner = job.get("runs-on").text();
        if (!runner.matches("|ubuntu.*")) {
            findings.open(job.get("runs-on").place(), name + ": runs-on " + runner, OtherKeys.ADVICE);
        }
        Map<String, String> variables = new LinkedHashMap<>();
        add(variables, outer);
        add(variables, job.get("env"));
        if (job.get("uses").exists()) {
            findings.open(
                    job.get("uses").place(),
                    "uses " + job.get("uses").text(),
                    "Workflows of other files are not read. Copy what it does for this project into the workflow, and run adopt again.");
        }
        List<String> branches = branches(job.get("if"), pushed);
        String environment = job.get("environment").isMapping()
                ? job.get("environment").get("name").text()
                : job.get("environment").text();
        if (!environment.isEmpty()) {
            findings.open(
                    job.get("environment").place(),
                    name + ": environment " + environment,
                    "The job of the new workflow has none. Name it there if secrets are limited to it, or if its rules should delay the job.");
        }
        for (Yaml step : job.get("steps").items()) {
            OtherKeys.tell("step: ", step, OF_A_STEP, findings);
            written.putAll(step.get("env").members());
            Map<String, String> own = new LinkedHashMap<>(variables);
            add(own, step.get("env"));
            Script script = script(step, own);
            if (!script.lines().isEmpty()) {
                String named = EXPRESSION.matcher(environment).find() ? "" : environment;
                jobs.add(
                        new Job(name, named, own, List.of(List.of(script)), branches(step.get("if"), branches), false));
            }
        }
    }

    private static void add(Map<String, String> variables, Yaml written) {
        written.members().forEach((name, value) -> variables.put(name, replaced(value.text(), variables)));
    }

    private List<String> branches(Yaml condition, List<String> outer) {
        return BranchRules.of(condition, BRANCH_CONDITION, outer, findings);
    }

    private Script script(Yaml step, Map<String, String> variables) {
        if (!step.get("shell").text().matches("|(ba)?sh.*")) {
            findings.open(
                    step.place(),
                    "a step in " + step.get("shell").text(),
                    "It was not read. Compare what it does with the goals of the plugin.");
            return new Script(file, List.of());
        }
        if (step.get("run").exists()) {
            List<Script.Line> lines = new ArrayList<>();
            step.get("run")
                    .script()
                    .lines()
                    .forEach(line -> lines.add(new Script.Line(line.number(), replaced(line.text(), variables))));
            return new Script(file, lines);
        }
        String uses = step.get("uses").text();
        String action = uses.replaceFirst("@.*", "");
        Yaml with = step.get("with");
        if (INPUTS.containsKey(action)) {
            OtherKeys.tell(action + ": ", with, INPUTS.getOrDefault(action, Set.of()), findings);
        }
        switch (action) {
            case "actions/setup-node" -> {
                nodeVersion = with.get("node-version").some().map(version -> version.replaceFirst("\\.x.*", ""));
                findings.found(step.place(), uses, "nodeVersion");
            }
            case "docker/login-action" ->
                findings.found(step.place(), uses, "DOCKER_AUTH_CONFIG, or a server of settings.xml");
            case "docker/build-push-action" -> {
                return Script.of(file, step.line(), replaced(dockerBuild(with, variables), variables));
            }
            case "actions/checkout", "actions/cache", "docker/setup-buildx-action", "docker/setup-qemu-action" ->
                findings.found(step.place(), uses, "not needed, or in the new pipeline");
            default -> findings.open(step.place(), uses, "Keep the step in the new pipeline, if it is still needed.");
        }
        return new Script(file, List.of());
    }

    /** Returns the command that docker/build-push-action runs. */
    private static String dockerBuild(Yaml with, Map<String, String> variables) {
        StringBuilder line = new StringBuilder("docker build .");
        with.get("file").some().ifPresent(dockerfile -> line.append(" -f ").append(dockerfile));
        for (String tag : replaced(with.get("tags").text(), variables).split("[\\s,]+")) {
            line.append(tag.isEmpty() ? "" : " -t \"" + tag + "\"");
        }
        with.get("build-args")
                .text()
                .lines()
                .forEach(argument ->
                        line.append(" --build-arg \"").append(argument.strip()).append('"'));
        return line.toString();
    }

    private static String replaced(String text, Map<String, String> variables) {
        return References.replaced(EXPRESSION, text, match -> {
            String expression = match.group(1);
            Matcher variable = VARIABLE.matcher(expression);
            if (CONTEXT.containsKey(expression)) {
                return CONTEXT.getOrDefault(expression, "");
            }
            return variable.matches()
                    ? variables.getOrDefault(variable.group(1), Unknowns.variable(variable.group(1)))
                    : Unknowns.OUTPUT;
        });
    }
}
