package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.WebhookCall;
import io.github.olympe.maven.adopt.shell.ShellRun;
import io.github.olympe.maven.adopt.shell.Variables;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.util.ArrayList;
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
 * @param jobs its jobs, in order
 * @param nodeVersion the version of Node.js that they run with
 */
public record PipelineFile(Ci ci, String file, List<Job> jobs, Optional<String> nodeVersion) {

    /** The expression that matches no branch, for a job that runs only for tags. {@code olympe.environment} chooses its deployment. */
    public static final String NO_BRANCH = "(?!)";

    /** A branch that no pipeline names. */
    private static final String OTHER = "any-other-branch";

    /**
     * A request for a branch.
     *
     * @param environment the environment's name in the pipeline, may be empty
     * @param call the request
     */
    public record Deployment(String environment, WebhookCall call) {}

    /**
     * What a pipeline does.
     *
     * @param facts what it does on any branch
     * @param deployments what it sends, by branch: a name or a regular expression, empty if no branch is named, {@link #NO_BRANCH} for what
     *     no branch sends
     */
    public record Outcome(Facts facts, Map<String, Deployment> deployments) {}

    /** Runs the pipeline for all branches at once, then for each branch that it names. */
    public Outcome run(Findings findings) {
        Facts facts = new Facts();
        nodeVersion.ifPresent(facts::node);
        run(jobs, Optional.empty(), findings, facts);
        facts.unread()
                .forEach(
                        (written, place) -> findings.open(
                                place,
                                "file " + written,
                                written.endsWith(".npmrc")
                                        ? "Keep the line in the new pipeline before mvn, or name a server of settings.xml in 'npmServerId'."
                                        : "No line that was read uses it. Let a script of package.json that the build runs write it, if the build needs it."));
        Set<String> branches = new LinkedHashSet<>();
        jobs.forEach(job -> branches.addAll(job.branches()));
        branches.addAll(facts.branches());
        branches.remove(NO_BRANCH);
        if (branches.isEmpty()) {
            branches.add("");
        }
        if (jobs.stream().anyMatch(Job::isForNoBranch)) {
            branches.add(NO_BRANCH);
        }
        Map<String, Deployment> deployments = new LinkedHashMap<>();
        for (String branch : branches) {
            deploymentOf(branch, findings).ifPresent(deployment -> deployments.put(branch, deployment));
        }
        if (branches.stream().noneMatch(branch -> branch.isEmpty() || BranchRules.includes(List.of(branch), OTHER))) {
            sent(OTHER).stream()
                    .findFirst()
                    .ifPresent(sent -> findings.open(
                            sent.call().place(),
                            "a deployment of every other branch, to "
                                    + sent.call().url(),
                            "The pom has the branches that the pipeline names. Where others are to be deployed, write them into 'deployBranches', or"
                                    + " into the <branch> of an <environment> with this URL."));
        }
        return new Outcome(facts, deployments);
    }

    /** Returns the requests that a branch sends. */
    private List<Sent> sent(String branch) {
        boolean none = branch.equals(NO_BRANCH);
        boolean named = !branch.isEmpty();
        List<Job> running = jobs.stream()
                .filter(job -> named ? BranchRules.includes(job.branches(), branch) : !job.isForNoBranch())
                .toList();
        Optional<String> name = Optional.of(branch).filter(text -> named && !none);
        return run(running, name, new Findings(), new Facts()).stream()
                .filter(sent -> !none || sent.job().isForNoBranch())
                .toList();
    }

    private Optional<Deployment> deploymentOf(String branch, Findings findings) {
        List<Sent> all = sent(branch);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Sent first = all.get(0);
        String where = branch.isEmpty() || branch.equals(NO_BRANCH) ? "" : " of " + branch;
        all.stream()
                .skip(1)
                .map(Sent::call)
                .filter(call -> !call.equals(first.call()))
                .forEach(call -> findings.open(
                        call.place(),
                        "another request to the webhook" + where + ", to " + call.url(),
                        "A build deploys once, and the pom has the first request only. Add an <environment> for this one to 'environments', and"
                                + " deploy it by a run of its own, with -Dolympe.environment=NAME."));
        if (first.job().byHand()) {
            findings.open(
                    first.call().place(),
                    "a deployment" + where + " that somebody starts by hand",
                    "The plugin deploys with each push to a branch that the pom names. Take the branch out of 'deployBranches' or out of its"
                            + " <environment>, and deploy by hand with -Dolympe.environment=NAME; or let the job of the new pipeline wait.");
        }
        return Optional.of(new Deployment(first.job().environment(), first.call()));
    }

    /** A request, and the job that sent it. */
    private record Sent(Job job, WebhookCall call) {}

    /** Runs jobs; returns the requests that they sent. */
    private static List<Sent> run(List<Job> jobs, Optional<String> branch, Findings findings, Facts facts) {
        List<Sent> all = new ArrayList<>();
        for (Job job : jobs) {
            int calls = facts.calls().size();
            for (List<Script> shell : job.shells()) {
                Map<String, String> variables = new LinkedHashMap<>(job.variables());
                variables.putAll(facts.dotenv());
                new ShellRun(new Variables(variables), branch, findings, facts).run(shell);
            }
            facts.calls().stream().skip(calls).forEach(call -> all.add(new Sent(job, call)));
        }
        return all;
    }
}
