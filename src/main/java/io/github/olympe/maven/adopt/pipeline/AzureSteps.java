package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the steps of an Azure DevOps pipeline, each as a job of shell lines. */
final class AzureSteps {

    private static final Pattern FUNCTION = Pattern.compile("(?m)^\\s*(?:function\\s+)?(\\w+)\\s*\\(\\)");
    private static final Set<String> SHELLS = Set.of("bash", "cmdline", "shellscript", "azurecli", "commandline");
    private static final Set<String> SHELL_INPUTS = Set.of(
            "targetType",
            "script",
            "inlineScript",
            "scriptType",
            "scriptLocation",
            "azureSubscription",
            "connectedServiceNameARM",
            "filePath",
            "scriptPath");
    private static final List<String> KINDS =
            List.of("script", "bash", "pwsh", "powershell", "task", "template", "checkout");

    /** The keys of a step that are read, or that only name it. */
    private static final Set<String> READ = Set.of(
            "script",
            "bash",
            "pwsh",
            "powershell",
            "task",
            "template",
            "parameters",
            "checkout",
            "inputs",
            "env",
            "condition",
            "enabled",
            "displayName",
            "name");

    /** The inputs of tasks that are read, or that say how a task finds its shell; case does not matter. */
    private static final Map<String, Set<String>> INPUTS = Map.of(
            "bash", SHELL_INPUTS,
            "cmdline", SHELL_INPUTS,
            "shellscript", SHELL_INPUTS,
            "azurecli", SHELL_INPUTS,
            "commandline", SHELL_INPUTS,
            "npm", Set.of("command", "customCommand", "verbose"),
            "docker", Set.of("command", "containerRegistry", "repository", "tags", "dockerfile", "arguments"));

    private static final String KEEP = "Keep the step in the new pipeline, if it is still needed.";
    private static final String NOT_READ = "It was not read. Compare what it does with the goals of the plugin.";

    private final Findings findings;
    private final List<String> trigger;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<String, Yaml> written = new LinkedHashMap<>();
    private Optional<String> nodeVersion = Optional.empty();

    /**
     * Creates a reader for the steps of a pipeline.
     *
     * @param trigger the branches if no condition names any
     */
    AzureSteps(Findings findings, List<String> trigger) {
        this.findings = findings;
        this.trigger = trigger;
    }

    List<Job> jobs() {
        return jobs;
    }

    Optional<String> nodeVersion() {
        return nodeVersion;
    }

    /** Returns the variables that steps set for themselves. */
    Map<String, Yaml> variables() {
        return written;
    }

    List<String> branches(Yaml condition, List<String> outer) {
        return BranchRules.of(condition, AzurePipeline.BRANCH_CONDITION, outer, findings);
    }

    void template(Yaml place) {
        findings.open(
                place.place(),
                "a template",
                "Templates are not read. Copy what it does for this project into the pipeline, and run adopt again.");
    }

    /**
     * Reads a step.
     *
     * @param environment the name of the environment that its job deploys to
     */
    void read(Yaml step, Map<String, String> outer, List<String> outerBranches, String environment) {
        if (KINDS.stream().noneMatch(step.members()::containsKey)) {
            String kind = step.members().keySet().stream().findFirst().orElse("");
            findings.open(step.place(), "a step '" + kind + "'", KEEP);
            return;
        }
        if (step.get("enabled").text().equals("false")) {
            findings.open(step.place(), "a step that is switched off", "It was not read.");
            return;
        }
        OtherKeys.tell("step: ", step, READ, findings);
        String checkout = step.get("checkout").text();
        if (!checkout.matches("|self")) {
            findings.open(step.place(), "checkout: " + checkout, KEEP);
        }
        Map<String, String> variables = new LinkedHashMap<>(outer);
        step.get("env").members().forEach((name, value) -> {
            variables.put(name, value.text());
            written.put(name, value);
        });
        List<String> branches = branches(step.get("condition"), outerBranches);
        for (String kind : List.of("script", "bash")) {
            if (step.get(kind).exists()) {
                add(step.get(kind).script(), variables, branches, environment);
            }
        }
        if (step.get("template").exists()) {
            template(step);
        } else if (step.get("pwsh").exists() || step.get("powershell").exists()) {
            findings.open(step.place(), "a step in PowerShell", NOT_READ);
        } else if (step.get("task").exists()) {
            task(step, variables, branches, environment);
        }
    }

    private void task(Yaml step, Map<String, String> variables, List<String> branches, String environment) {
        Yaml inputs = step.get("inputs");
        String name = step.get("task").text();
        String task = name.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        Set<String> read = INPUTS.getOrDefault(task, Set.of());
        if (!read.isEmpty()) {
            Map<String, Yaml> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            others.putAll(inputs.members());
            read.forEach(others::remove);
            OtherKeys.tell(name + ": ", others, Set.of(), findings);
        }
        if (task.equals("powershell")
                || SHELLS.contains(task) && inputs.get("scriptType").text().matches("ps.*|batch")) {
            findings.open(step.place(), name + " in PowerShell", NOT_READ);
        } else if (SHELLS.contains(task)) {
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
            nodeVersion = Optional.of(version.replaceFirst("\\.x.*", "")).filter(text -> !text.isEmpty());
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
        } else if (task.equals("dockerinstaller")) {
            findings.found(step.place(), name, "not needed");
        } else {
            findings.open(step.place(), name, KEEP);
        }
    }

    /** Reads the task Docker@2 as the commands that it runs. */
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
        } else if (command.equals("push")) {
            findings.found(step.place(), "Docker push " + repository, "goal push");
        } else {
            findings.open(step.place(), "Docker " + command, KEEP);
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
        // The agent passes variables to the shell in capitals, with _ for dots.
        variables.forEach((name, value) -> resolved.put(
                name.toUpperCase(Locale.ROOT).replace('.', '_'), AzureVariables.replaced(value, variables)));
        variables.forEach((name, value) -> resolved.put(name, AzureVariables.replaced(value, variables)));
        List<String> all = branches.isEmpty() ? trigger : branches;
        String named = Unknowns.in(environment) ? "" : environment;
        jobs.add(new Job("step", named, resolved, List.of(List.of(new Script(script.file(), lines))), all, false));
    }
}
