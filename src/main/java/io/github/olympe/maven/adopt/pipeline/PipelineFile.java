package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.WebhookCall;
import io.github.olympe.maven.adopt.shell.ShellRun;
import io.github.olympe.maven.adopt.shell.Variables;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pipeline of a project.
 *
 * @param ci the CI system
 * @param file its file
 * @param jobs its jobs, in their order
 * @param nodeVersion the version of Node.js that they run with
 */
public record PipelineFile(Ci ci, String file, List<Job> jobs, Optional<String> nodeVersion) {

    /**
     * A request for a branch.
     *
     * @param environment what the pipeline calls the environment, empty where it has no name for it
     * @param call the request
     */
    public record Deployment(String environment, WebhookCall call) {}

    /**
     * What a pipeline does.
     *
     * @param facts what it does on any branch
     * @param deployments what it sends, by branch: a name, or a regular expression; the empty text where no branch is named
     */
    public record Outcome(Facts facts, Map<String, Deployment> deployments) {}

    /** Runs the pipeline for all branches at once, then for each branch that it names. */
    public Outcome run(Findings findings) {
        Facts facts = new Facts();
        nodeVersion.ifPresent(facts::node);
        run(Optional.empty(), findings, facts);
        Set<String> branches = new LinkedHashSet<>();
        jobs.forEach(job -> branches.addAll(job.branches()));
        branches.addAll(facts.branches());
        Map<String, Deployment> deployments = new LinkedHashMap<>();
        if (branches.isEmpty()) {
            deploymentOf("").ifPresent(deployment -> deployments.put("", deployment));
        }
        for (String branch : branches) {
            deploymentOf(branch).ifPresent(deployment -> deployments.put(branch, deployment));
        }
        return new Outcome(facts, deployments);
    }

    private Optional<Deployment> deploymentOf(String branch) {
        Facts facts = new Facts();
        Optional<String> name = Optional.of(branch).filter(text -> !text.isEmpty());
        String environment = run(name, new Findings(), facts);
        return facts.calls().stream().findFirst().map(call -> new Deployment(environment, call));
    }

    /** Runs the jobs of a branch; returns the environment of the job that calls the webhook. */
    private String run(Optional<String> branch, Findings findings, Facts facts) {
        String environment = "";
        for (Job job : jobs) {
            if (branch.isPresent() && !BranchRules.includes(job.branches(), branch.get())) {
                continue;
            }
            int calls = facts.calls().size();
            for (Script script : job.scripts()) {
                Map<String, String> variables = new LinkedHashMap<>(job.variables());
                variables.putAll(facts.dotenv());
                new ShellRun(new Variables(variables), branch, findings, facts).run(script);
            }
            if (facts.calls().size() > calls && calls == 0) {
                environment = job.environment();
            }
        }
        return environment;
    }
}
