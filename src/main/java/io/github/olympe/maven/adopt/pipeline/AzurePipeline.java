package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.Unknowns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code azure-pipelines.yml}. */
final class AzurePipeline {

    static final Pattern BRANCH_CONDITION = Pattern.compile(
            "eq\\(\\s*variables\\[?\\.?'?(?i:Build\\.SourceBranch(?:Name)?)'?]?\\s*,\\s*'(?:refs/heads/)?([^']+)'");
    private static final List<String> STRATEGIES = List.of("runOnce", "rolling", "canary");

    /** The keys of a pipeline, a stage or a job that are read, or that only order and name them. */
    private static final Set<String> READ = Set.of(
            "trigger",
            "variables",
            "parameters",
            "extends",
            "stages",
            "stage",
            "jobs",
            "job",
            "deployment",
            "steps",
            "template",
            "pool",
            "environment",
            "strategy",
            "resources",
            "condition",
            "displayName",
            "dependsOn");

    private final Findings findings;
    private final Map<String, String> global = new LinkedHashMap<>();
    private final Map<String, Yaml> written = new LinkedHashMap<>();
    private final AzureSteps steps;

    private AzurePipeline(Findings findings, List<String> trigger) {
        this.findings = findings;
        this.steps = new AzureSteps(findings, trigger);
    }

    /** Reads the pipeline of a project. */
    static PipelineFile read(Path project, Findings findings) {
        String file = Ci.AZURE.file();
        Yaml root = Yaml.read(project, file);
        AzurePipeline pipeline = new AzurePipeline(findings, trigger(root, findings));
        pipeline.global.putAll(pipeline.variables(root.get("variables")));
        for (Yaml parameter : root.get("parameters").items()) {
            String name = parameter.get("name").text();
            pipeline.global.put(name, Unknowns.variable(name));
            findings.open(
                    parameter.place(),
                    "parameter " + name,
                    "The new pipeline does not have it. Add it there, and pass it to Maven with 'env', if it is needed.");
        }
        if (root.get("extends").exists()) {
            pipeline.steps.template(root.get("extends"));
        }
        pipeline.stage(root, pipeline.global, List.of());
        pipeline.written.putAll(pipeline.steps.variables());
        OtherKeys.tellVariables(List.of(root), pipeline.written, findings);
        return new PipelineFile(Ci.AZURE, file, pipeline.steps.jobs(), pipeline.steps.nodeVersion());
    }

    /** Returns the branches that start the pipeline. The list is empty if all do, or if none does. */
    private static List<String> trigger(Yaml root, Findings findings) {
        Yaml written = root.get("trigger");
        Yaml branches = written.isMapping() ? written.get("branches").get("include") : written;
        List<String> names = branches.texts();
        List<String> patterns = names.stream()
                .filter(name -> !name.equals("none") && !name.equals("*"))
                .map(BranchRules::glob)
                .toList();
        if (!patterns.isEmpty()) {
            findings.found(
                    branches.place(),
                    "trigger " + String.join(", ", patterns),
                    "deployBranches, or the environments' branches");
        } else if (names.contains("none")) {
            findings.open(
                    branches.place(),
                    "trigger: none",
                    "The new pipeline runs on each push to the branches in its 'trigger'. Write 'trigger: none' there if it should not.");
        } else if (names.contains("*")) {
            findings.open(
                    branches.place(),
                    "trigger: *",
                    "The new pipeline builds only the branches in its 'trigger'. Add the others there.");
        }
        OtherKeys.tell("trigger: ", written, Set.of("branches"), findings);
        OtherKeys.tell("trigger: branches: ", written.get("branches"), Set.of("include"), findings);
        return patterns;
    }

    /**
     * A stage, a job or a step of a list, which may be under <code>${{ if … }}</code>.
     *
     * @param yaml the stage, the job or the step
     * @param branches the branches it runs for
     */
    private record Item(Yaml yaml, List<String> branches) {

        /** Returns the items of a list. Conditions on anything but branches are reported as open; the items under them are read. */
        static List<Item> of(Yaml list, List<String> branches, Findings findings) {
            List<Item> items = new ArrayList<>();
            for (Yaml item : list.items()) {
                boolean conditional = false;
                for (var member : item.members().entrySet()) {
                    String key = member.getKey();
                    if (key.startsWith("${{")) {
                        conditional = true;
                        items.addAll(of(
                                member.getValue(),
                                BranchRules.of(
                                        key.replaceFirst("\\$\\{\\{\\s*if\\b", "\\${{"),
                                        member.getValue().place(),
                                        BRANCH_CONDITION,
                                        branches,
                                        findings),
                                findings));
                    }
                }
                if (!conditional) {
                    items.add(new Item(item, branches));
                }
            }
            return items;
        }
    }

    private Map<String, String> variables(Yaml part) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (part.isMapping()) {
            part.members().forEach((name, value) -> variable(name, value, variables));
        }
        for (Yaml entry : part.isMapping() ? List.<Yaml>of() : part.items()) {
            if (entry.get("group").exists()) {
                findings.open(
                        entry.place(),
                        "variable group " + entry.get("group").text(),
                        "Name the group in the new pipeline, too; its variables reach Maven as environment variables, secret ones by 'env'.");
            } else if (entry.get("template").exists()) {
                steps.template(entry);
            } else if (entry.get("name").exists()) {
                variable(entry.get("name").text(), entry.get("value"), variables);
            } else {
                entry.members().forEach((name, value) -> variable(name, value, variables));
            }
        }
        return variables;
    }

    private void variable(String name, Yaml value, Map<String, String> variables) {
        if (name.startsWith("${{")) {
            findings.open(
                    value.place(),
                    name,
                    "Variables under a condition are not read. Compare them with the new pipeline.");
        } else {
            variables.put(name, value.text());
            written.put(name, value);
        }
    }

    /** Reads a stage, or stages, jobs or steps in its place. */
    private void stage(Yaml part, Map<String, String> outer, List<String> outerBranches) {
        others(part);
        Map<String, String> variables = new LinkedHashMap<>(outer);
        variables.putAll(variables(part.get("variables")));
        List<String> branches = steps.branches(part.get("condition"), outerBranches);
        for (Item stage : Item.of(part.get("stages"), branches, findings)) {
            stage(stage.yaml(), variables, stage.branches());
        }
        for (Item job : Item.of(part.get("jobs"), branches, findings)) {
            job(job.yaml(), variables, job.branches());
        }
        if (part.get("steps").exists()) {
            job(part, variables, branches);
        }
        if (part.get("template").exists()) {
            steps.template(part);
        }
    }

    private void job(Yaml job, Map<String, String> outer, List<String> outerBranches) {
        if (job.get("template").exists()) {
            steps.template(job);
            return;
        }
        others(job);
        Map<String, String> variables = new LinkedHashMap<>(outer);
        variables.putAll(variables(job.get("variables")));
        List<String> branches = steps.branches(job.get("condition"), outerBranches);
        Yaml environment =
                job.get("environment").isMapping() ? job.get("environment").get("name") : job.get("environment");
        if (environment.exists()) {
            findings.open(
                    environment.place(),
                    "environment " + environment.text(),
                    "The job of the new pipeline is not a deployment job. Make it one if approvals or checks of the environment should delay it.");
            OtherKeys.tell("environment: ", job.get("environment"), Set.of("name"), findings);
        }
        for (Map<String, String> row : matrix(job.get("strategy").get("matrix"))) {
            Map<String, String> all = new LinkedHashMap<>(variables);
            all.putAll(row);
            String named = AzureVariables.replaced(environment.text(), all);
            for (Item step : Item.of(deployed(job.get("strategy")).orElse(job).get("steps"), branches, findings)) {
                steps.read(step.yaml(), all, step.branches(), named);
            }
        }
    }

    /** Returns the part of a deployment job that holds its steps. */
    private static Optional<Yaml> deployed(Yaml strategy) {
        return STRATEGIES.stream()
                .map(kind -> strategy.get(kind).get("deploy"))
                .filter(Yaml::exists)
                .findFirst();
    }

    /** Returns the variables of each run of a job. Without a matrix there is one run without variables. */
    private static List<Map<String, String>> matrix(Yaml written) {
        List<Map<String, String>> rows = new ArrayList<>();
        written.members().values().forEach(row -> {
            Map<String, String> variables = new LinkedHashMap<>();
            row.members().forEach((name, value) -> variables.put(name, value.text()));
            rows.add(variables);
        });
        return rows.isEmpty() ? List.of(Map.of()) : rows;
    }

    /** Reports the keys of a pipeline, a stage or a job that are not read. */
    private void others(Yaml part) {
        OtherKeys.tell("", part, READ, findings);
        Yaml pool = part.get("pool");
        String name = pool.isMapping() ? pool.get("name").text() : pool.text();
        String image = pool.get("vmImage").text();
        if (!name.isEmpty() || !image.matches("|ubuntu.*|\\$\\(.*")) {
            findings.open(pool.place(), "pool " + name + image, OtherKeys.ADVICE);
        }
        OtherKeys.tell("pool: ", pool, Set.of("name", "vmImage"), findings);
        for (Yaml resource : part.get("resources").items()) {
            if (!resource.get("repo").text().equals("self")) {
                findings.open(resource.place(), "resources", OtherKeys.ADVICE);
            }
        }
        Yaml strategy = part.get("strategy");
        for (String kind : STRATEGIES) {
            OtherKeys.tell("strategy: " + kind + ": ", strategy.get(kind), Set.of("deploy"), findings);
        }
        Set<String> read = strategy.get("matrix").isMapping() ? Set.of("runOnce", "matrix") : Set.of("runOnce");
        OtherKeys.tell("strategy: ", strategy, read, findings);
    }
}
