package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.Map;
import java.util.Set;

/** The keys of a pipeline that say how a CI runs it, and not what it does. Each that the new pipeline lacks is named. */
final class OtherKeys {

    private static final Set<String> GITLAB_JOB = Set.of(
            "tags",
            "services",
            "allow_failure",
            "retry",
            "timeout",
            "interruptible",
            "coverage",
            "parallel",
            "resource_group",
            "id_tokens",
            "inherit",
            "start_in");
    private static final Set<String> GITLAB = Set.of("services", "spec");
    private static final Set<String> AZURE = Set.of(
            "pr",
            "schedules",
            "resources",
            "container",
            "services",
            "strategy",
            "timeoutInMinutes",
            "continueOnError",
            "lockBehavior");
    private static final Set<String> GITHUB = Set.of(
            "concurrency",
            "permissions",
            "defaults",
            "strategy",
            "container",
            "services",
            "timeout-minutes",
            "continue-on-error",
            "outputs");

    private static final String ADVICE = "The new pipeline does not have it. Copy it there if it is needed.";

    private OtherKeys() {}

    /** Returns whether a key of a job of GitLab CI is one of these. */
    static boolean isOfGitlabJob(String key) {
        return GITLAB_JOB.contains(key);
    }

    /**
     * Names those of a job of GitLab CI.
     *
     * @param job the job's name, or {@code default} for what all jobs have
     */
    static void ofGitlabJob(String job, Map<String, Yaml> members, Findings findings) {
        tell(job + ": ", GITLAB_JOB, members, findings);
    }

    /** Names those that stand at the top of a pipeline of GitLab CI. */
    static void ofGitlab(Map<String, Yaml> members, Findings findings) {
        tell("", GITLAB, members, findings);
    }

    /** Names those of a pipeline, a stage or a job of Azure DevOps. */
    static void ofAzure(Yaml part, Findings findings) {
        tell("", AZURE, part.members(), findings);
        Yaml pool = part.get("pool");
        String name = pool.isMapping() ? pool.get("name").text() : pool.text();
        if (!name.isEmpty()) { // Another is an image of Azure's, as in the new pipeline.
            findings.open(pool.place(), "pool " + name, ADVICE);
        }
    }

    /** Names those of a workflow or a job of GitHub Actions. */
    static void ofGithub(Yaml part, Findings findings) {
        tell("", GITHUB, part.members(), findings);
    }

    private static void tell(String owner, Set<String> keys, Map<String, Yaml> members, Findings findings) {
        members.forEach((key, value) -> {
            if (keys.contains(key) && !isRead(key, value)) {
                findings.open(value.place(), owner + key, ADVICE);
            }
        });
    }

    /** Whether a key with this value says what the pipeline does, which has been read, or what goes without saying. */
    private static boolean isRead(String key, Yaml value) {
        return switch (key) {
            case "parallel" -> value.get("matrix").exists();
            case "strategy" -> value.get("runOnce").exists();
            case "resources" ->
                value.items().stream()
                        .allMatch(resource -> resource.get("repo").text().equals("self"));
            default -> false;
        };
    }
}
