package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.Map;
import java.util.Set;

/** The keys of a pipeline that say how a CI runs it, and not what it does: none of them is dropped in silence. */
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
            "start_in",
            "cache");
    private static final Set<String> GITLAB = Set.of("services", "cache", "spec");
    private static final Set<String> AZURE = Set.of(
            "pr",
            "schedules",
            "resources",
            "pool",
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

    private OtherKeys() {}

    /** Names those of a job of GitLab CI. */
    static void ofGitlabJob(String job, Map<String, Yaml> members, Findings findings) {
        tell(job + ": ", GITLAB_JOB, members, findings);
    }

    /** Names those of a pipeline of GitLab CI, or of its {@code default}. */
    static void ofGitlab(Map<String, Yaml> members, Findings findings) {
        tell("", GITLAB, members, findings);
    }

    /** Names those of a pipeline, a stage or a job of Azure DevOps. */
    static void ofAzure(Yaml part, Findings findings) {
        tell("", AZURE, part.members(), findings);
    }

    /** Names those of a workflow or a job of GitHub Actions. */
    static void ofGithub(Yaml part, Findings findings) {
        tell("", GITHUB, part.members(), findings);
    }

    private static void tell(String owner, Set<String> keys, Map<String, Yaml> members, Findings findings) {
        members.forEach((key, value) -> {
            if (keys.contains(key)) {
                findings.open(
                        value.place(),
                        owner + key,
                        "The new pipeline does not have it. Copy it there if it is needed.");
            }
        });
    }
}
