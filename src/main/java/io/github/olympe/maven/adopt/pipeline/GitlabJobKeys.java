package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports what becomes of the keys of a GitLab CI job, besides its lines and rules, in a pipeline of one job. */
final class GitlabJobKeys {

    /** The keys that are read here or elsewhere. */
    private static final Set<String> READ = Set.of(
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

    private static final String ONE_JOB = "not needed: one job builds, pushes and deploys";
    private static final String OF_THE_BUILD = "(\\./)?(dist|node_modules|\\.npm|[\\w-]+\\.env)(/.*)?";
    private static final String CACHED = "(\\./)?(\\.npm|(.*/)?node_modules)(/.*)?";

    private final String owner;
    private final Findings findings;

    private GitlabJobKeys(String owner, Findings findings) {
        this.owner = owner;
        this.findings = findings;
    }

    /**
     * Reports the keys of a job.
     *
     * @param job the job's name, or {@code default} for what all jobs have
     */
    static void tell(String job, Map<String, Yaml> members, Findings findings) {
        GitlabJobKeys keys = new GitlabJobKeys(job + ": ", findings);
        members.forEach(keys::key);
    }

    /** Reports the cache of all jobs. */
    static void tellCache(Yaml cache, Findings findings) {
        new GitlabJobKeys("", findings).cache(cache);
    }

    private void key(String key, Yaml value) {
        switch (key) {
            case "needs", "dependencies" -> needs(key, value);
            case "artifacts" -> artifacts(value);
            case "cache" -> cache(value);
            case "environment" -> environment(value);
            case "when" -> when(value);
            case "parallel" -> {
                if (!value.get("matrix").exists()) {
                    findings.open(value.place(), owner + key, OtherKeys.ADVICE);
                }
            }
            default -> OtherKeys.tell(owner, Map.of(key, value), READ, findings);
        }
    }

    private void needs(String key, Yaml value) {
        boolean own = true;
        for (Yaml need : value.items()) {
            for (String other : List.of("project", "pipeline")) {
                if (need.get(other).exists()) {
                    own = false;
                    findings.open(
                            need.place(),
                            owner + key + ": " + other + " " + need.get(other).text(),
                            "The new pipeline takes nothing from other pipelines. Write the same 'needs' into its job, if the build needs the artifacts.");
                }
            }
        }
        if (own) {
            findings.found(value.place(), owner + key, ONE_JOB);
        }
    }

    private void artifacts(Yaml artifacts) {
        for (Yaml path : artifacts.get("paths").items()) {
            if (path.text().matches(OF_THE_BUILD)) {
                findings.found(path.place(), owner + "artifacts " + path.text(), ONE_JOB);
            } else {
                findings.open(
                        path.place(),
                        owner + "artifacts " + path.text(),
                        "The new pipeline keeps only target/olympe. Add the path there if you need it.");
            }
        }
        Yaml dotenv = artifacts.get("reports").get("dotenv");
        if (dotenv.exists()) {
            findings.found(dotenv.place(), owner + "dotenv", "target/olympe/build.env, which the plugin writes");
        }
        Yaml expiry = artifacts.get("expire_in");
        if (expiry.exists()) {
            findings.found(
                    expiry.place(), owner + "artifacts: expire_in " + expiry.text(), "1 day in the new pipeline");
        }
        OtherKeys.tell(owner + "artifacts: reports: ", artifacts.get("reports"), Set.of("dotenv"), findings);
        OtherKeys.tell(owner + "artifacts: ", artifacts, Set.of("paths", "reports", "expire_in"), findings);
    }

    private void cache(Yaml caches) {
        for (Yaml cache : caches.items()) {
            for (Yaml path : cache.get("paths").items()) {
                if (!path.text().matches(CACHED)) {
                    findings.open(path.place(), owner + "cache " + path.text(), OtherKeys.ADVICE);
                }
            }
        }
        findings.found(caches.place(), owner + "cache", "the cache of the new pipeline");
    }

    private void environment(Yaml environment) {
        Yaml name = environment.isMapping() ? environment.get("name") : environment;
        findings.open(
                name.place(),
                owner + "environment " + name.text(),
                "The job of the new pipeline has none. Name it there if variables of the CI are limited to it, or if GitLab is to list the deployments.");
        OtherKeys.tell(owner + "environment: ", environment, Set.of("name"), findings);
    }

    private void when(Yaml when) {
        if (!Set.of("on_success", "manual", "never").contains(when.text())) {
            findings.open(when.place(), owner + "when: " + when.text(), OtherKeys.ADVICE);
        }
    }
}
