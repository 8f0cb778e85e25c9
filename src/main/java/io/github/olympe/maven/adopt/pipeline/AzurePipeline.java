package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code azure-pipelines.yml}. */
final class AzurePipeline {

    private static final Pattern BRANCH_CONDITION = Pattern.compile(
            "eq\\(\\s*variables\\[?\\.?'?(?i:Build\\.SourceBranch(?:Name)?)'?]?\\s*,\\s*'(?:refs/heads/)?([^']+)'");
    private static final Set<String> UNIMPORTANT = Set.of(
            "cache",
            "publishpipelineartifact",
            "downloadpipelineartifact",
            "publishbuildartifacts",
            "downloadbuildartifacts",
            "publishtestresults",
            "publishcodecoverageresults",
            "copyfiles",
            "downloadsecurefile",
            "dockerinstaller",
            "archivefiles");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^\\s*(?:function\\s+)?(\\w+)\\s*\\(\\)");
    private static final Set<String> SHELLS = Set.of("bash", "cmdline", "shellscript", "azurecli", "commandline");

    private final Findings findings;
    private final Map<String, String> global = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();
    private List<String> trigger = List.of();
    private Optional<String> nodeVersion = Optional.empty();

    private AzurePipeline(Findings findings) {
        this.findings = findings;
    }

    /** Reads the pipeline of a project. */
    static PipelineFile read(Path project, Findings findings) {
        String file = Ci.AZURE.file();
        AzurePipeline pipeline = new AzurePipeline(findings);
        Yaml root = Yaml.read(project, file);
        pipeline.trigger(root.get("trigger"));
        pipeline.global.putAll(pipeline.variables(root.get("variables")));
        for (Yaml parameter : root.get("parameters").items()) {
            pipeline.global.put(
                    parameter.get("name").text(),
                    Unknowns.variable(parameter.get("name").text()));
        }
        if (root.get("extends").exists()) {
            pipeline.template(root.get("extends"));
        }
        pipeline.stage(root, pipeline.global, List.of());
        return new PipelineFile(Ci.AZURE, file, pipeline.jobs, pipeline.nodeVersion);
    }

    private void trigger(Yaml written) {
        Yaml branches = written.isMapping() ? written.get("branches").get("include") : written;
        trigger = branches.texts().stream()
                .filter(name -> !name.equals("none") && !name.equals("*"))
                .map(BranchRules::glob)
                .toList();
        if (!trigger.isEmpty()) {
            findings.found(
                    branches.place(),
                    "trigger " + String.join(", ", trigger),
                    "deployBranches, or the environments' branches");
        }
    }

    private void template(Yaml place) {
        findings.open(
                place.place(),
                "a template",
                "Templates are not read. Copy what it does for this project into the pipeline, and run adopt again.");
    }

    private Map<String, String> variables(Yaml written) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (written.isMapping()) {
            written.members().forEach((name, value) -> {
                if (name.startsWith("${{")) {
                    findings.open(
                            value.place(),
                            name,
                            "Variables under a condition are not read. Compare them with the new pipeline.");
                } else {
                    variables.put(name, value.text());
                }
            });
        }
        for (Yaml entry : written.isMapping() ? List.<Yaml>of() : written.items()) {
            if (entry.get("group").exists()) {
                findings.open(
                        entry.place(),
                        "variable group " + entry.get("group").text(),
                        "Name the group in the new pipeline, too; its variables reach Maven as environment variables, secret ones by 'env'.");
            } else if (entry.get("template").exists()) {
                template(entry);
            } else {
                variables.put(entry.get("name").text(), entry.get("value").text());
            }
        }
        return variables;
    }

    /** A stage, or what stands for one: stages, jobs or steps. */
    private void stage(Yaml written, Map<String, String> outer, List<String> outerBranches) {
        OtherKeys.ofAzure(written, findings);
        Map<String, String> variables = new LinkedHashMap<>(outer);
        variables.putAll(variables(written.get("variables")));
        List<String> branches = branches(written.get("condition"), outerBranches);
        for (Yaml stage : written.get("stages").items()) {
            stage(stage, variables, branches);
        }
        for (Yaml job : written.get("jobs").items()) {
            job(job, variables, branches);
        }
        if (written.get("steps").exists()) {
            job(written, variables, branches);
        }
        if (written.get("template").exists()) {
            template(written);
        }
    }

    private void job(Yaml job, Map<String, String> outer, List<String> outerBranches) {
        if (job.get("template").exists()) {
            template(job);
            return;
        }
        OtherKeys.ofAzure(job, findings);
        Map<String, String> variables = new LinkedHashMap<>(outer);
        variables.putAll(variables(job.get("variables")));
        List<String> branches = branches(job.get("condition"), outerBranches);
        String environment = job.get("environment").isMapping()
                ? job.get("environment").get("name").text()
                : job.get("environment").text();
        Yaml deployment = job.get("strategy").get("runOnce").get("deploy");
        for (Yaml step : (deployment.exists() ? deployment : job).get("steps").items()) {
            step(step, variables, branches, AzureVariables.replaced(environment, variables));
        }
    }

    private List<String> branches(Yaml condition, List<String> outer) {
        return BranchRules.of(condition, BRANCH_CONDITION, outer, findings);
    }

    private void step(Yaml step, Map<String, String> outer, List<String> outerBranches, String environment) {
        Map<String, String> variables = new LinkedHashMap<>(outer);
        step.get("env").members().forEach((name, value) -> variables.put(name, value.text()));
        List<String> branches = branches(step.get("condition"), outerBranches);
        for (String kind : List.of("script", "bash")) {
            if (step.get(kind).exists()) {
                add(step.get(kind).script(), variables, branches, environment);
            }
        }
        if (step.get("template").exists()) {
            template(step);
        } else if (step.get("pwsh").exists() || step.get("powershell").exists()) {
            findings.open(
                    step.place(),
                    "a step in PowerShell",
                    "It was not read. Compare what it does with the goals of the plugin.");
        } else if (step.get("task").exists()) {
            task(step, variables, branches, environment);
        }
    }

    private void task(Yaml step, Map<String, String> variables, List<String> branches, String environment) {
        Yaml inputs = step.get("inputs");
        String name = step.get("task").text();
        String task = name.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        if (SHELLS.contains(task)) {
            for (String input : List.of("inlineScript", "script")) {
                if (inputs.get(input).exists()) {
                    add(inputs.get(input).script(), variables, branches, environment);
                }
            }
            if (inputs.get("filePath").exists() || inputs.get("scriptPath").exists()) {
                findings.open(
                        step.place(),
                        name + " with a file",
                        "The script was not read. Compare what it does with the goals of the plugin.");
            }
        } else if (task.equals("nodetool") || task.equals("usenode")) {
            String version =
                    inputs.get("versionSpec").text() + inputs.get("version").text();
            nodeVersion = Optional.of(version.replaceFirst("\\.x.*", ""));
            findings.found(step.place(), name + " " + version, "nodeVersion");
        } else if (task.equals("npmauthenticate")) {
            findings.open(
                    step.place(),
                    name,
                    "Keep the step in the new pipeline before mvn, if .npmrc names a private registry.");
        } else if (task.equals("npm")) {
            String command = inputs.get("command").text();
            String line = "npm "
                    + (command.equals("custom")
                            ? inputs.get("customCommand").text()
                            : command.isEmpty() ? "install" : command);
            add(Script.of(Ci.AZURE.file(), step.line(), line), variables, branches, environment);
        } else if (task.equals("docker")) {
            docker(step, inputs, variables, branches, environment);
        } else if (!UNIMPORTANT.contains(task)) {
            findings.open(step.place(), name, "Keep the step in the new pipeline, if it is still needed.");
        }
    }

    /** The task Docker@2, as the commands that it runs. */
    private void docker(
            Yaml step, Yaml inputs, Map<String, String> variables, List<String> branches, String environment) {
        String command = inputs.get("command").text().toLowerCase(Locale.ROOT);
        String registry = inputs.get("containerRegistry").text();
        if (command.equals("login")) {
            findings.found(step.place(), "Docker login " + registry, "the task Docker@2 of the new pipeline");
            return;
        }
        String repository = inputs.get("repository").text();
        StringBuilder line = new StringBuilder("docker build");
        for (String tag : inputs.get("tags").text().split("[\\s,]+")) {
            if (!tag.isEmpty()) {
                line.append(" --tag \"")
                        .append(repository)
                        .append(':')
                        .append(tag)
                        .append('"');
            }
        }
        inputs.get("Dockerfile")
                .some()
                .or(inputs.get("dockerfile")::some)
                .ifPresent(file -> line.append(" -f ").append(file));
        if (command.isEmpty() || command.startsWith("build")) {
            findings.open(
                    step.place(),
                    "registry of the service connection " + registry,
                    "The file does not have the registry's name; set olympe.registry in the pom to it.");
            add(
                    Script.of(
                            Ci.AZURE.file(),
                            step.line(),
                            line + " " + inputs.get("arguments").text() + " ."),
                    variables,
                    branches,
                    environment);
        } else {
            findings.found(step.place(), "Docker " + command + " " + repository, "goal push");
        }
    }

    private void add(Script script, Map<String, String> variables, List<String> branches, String environment) {
        Set<String> functions = FUNCTION.matcher(
                        script.lines().stream().map(Script.Line::text).collect(Collectors.joining("\n")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        List<Script.Line> lines = new ArrayList<>();
        for (Script.Line line : script.lines()) {
            lines.add(new Script.Line(line.number(), AzureVariables.replaced(line.text(), variables, functions)));
        }
        Map<String, String> resolved = new LinkedHashMap<>();
        // The agent hands variables to the shell in capitals, with _ for points.
        variables.forEach((name, value) -> resolved.put(
                name.toUpperCase(Locale.ROOT).replace('.', '_'), AzureVariables.replaced(value, variables)));
        variables.forEach((name, value) -> resolved.put(name, AzureVariables.replaced(value, variables)));
        List<String> all = branches.isEmpty() ? trigger : branches;
        String named = Unknowns.in(environment) ? "" : environment;
        jobs.add(new Job("step", named, resolved, List.of(new Script(script.file(), lines)), all, false));
    }
}
