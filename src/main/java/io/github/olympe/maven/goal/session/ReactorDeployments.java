package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.SentDeployment;
import io.github.olympe.maven.image.layout.ImagesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/**
 * The deployments of a build of several modules. They wait until the images of all modules are pushed: each successful {@code push} and
 * {@code deploy} marks its module, and the last one makes all deployments. A failed module is never marked, so nothing is deployed then.
 * Waiting for the environments starts after all deployments. Safe for the threads of {@code -T}.
 */
public final class ReactorDeployments {

    private static final Set<String> GOALS = Set.of("push", "deploy");
    private static final String PENDING = "deployments";
    private static final String WAITING = "awaits";
    private static final String ENDED = "pushedAndDeployed";
    private static final String EXPECTED = "pushAndDeploy";
    private static final String EXPECTED_AWAITS = "await";
    private static final String DEPLOYED_BEFORE = "deployedBefore";

    private final MavenSession session;
    private final LifecycleExecutor lifecycle;

    /** The pending deployments, by goal. */
    private final Map<String, Runnable> pending;

    /** The waits for environments, by goal. */
    private final Map<String, Runnable> waiting;

    /** The goals that have ended, and those that Maven will run, each with its module. */
    private final Map<String, String> ended;

    private final Map<String, String> expected;
    private final Map<String, String> expectedAwaits;

    /** Whether each module was deployed before this build began. Empty until it is first asked for. */
    private final Map<String, Boolean> deployedBefore;

    public ReactorDeployments(MavenSession session, LifecycleExecutor lifecycle) {
        this.session = session;
        this.lifecycle = lifecycle;
        pending = SessionData.shared(session, PENDING);
        waiting = SessionData.shared(session, WAITING);
        ended = SessionData.shared(session, ENDED);
        expected = SessionData.shared(session, EXPECTED);
        expectedAwaits = SessionData.shared(session, EXPECTED_AWAITS);
        deployedBefore = SessionData.shared(session, DEPLOYED_BEFORE);
    }

    /**
     * Returns whether {@code deploy} skips a module: the goal is called by name for several modules, the images of this module as last
     * pushed are deployed, and another module was pushed but not deployed. So one command at the root deploys what a failed build left out.
     */
    public boolean passesOver(GoalContext context) {
        if (context.execution().getSource() != MojoExecution.Source.CLI) {
            return false;
        }
        synchronized (ended) {
            missing(expected);
            if (pushes()) {
                return false;
            }
            if (deployedBefore.isEmpty()) {
                session.getProjects().stream()
                        .filter(module -> Files.exists(folder(module).resolve(ImagesFile.NAME)))
                        .forEach(module -> deployedBefore.put(module.getId(), isDeployed(module)));
            }
            return deployedBefore.containsValue(false)
                    && deployedBefore.getOrDefault(context.project().getId(), false);
        }
    }

    /** Holds back a deployment until the images of all modules are pushed. */
    public void whenAllImagesArePushed(GoalContext context, Runnable deployment) {
        pending.put(key(context.project(), context.execution()), later(context, deployment));
    }

    /** Holds back the wait for an environment until all deployments are made. */
    public void whenAllIsDeployed(GoalContext context, Runnable wait) {
        waiting.put(key(context.project(), context.execution()), later(context, wait));
    }

    /** Returns a task that continues the work of its goal: with the class loader of that goal, and reporting on that goal's module. */
    private Runnable later(GoalContext context, Runnable task) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return () -> {
            // The goal that ends last may have another class loader.
            Thread thread = Thread.currentThread();
            ClassLoader own = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                task.run();
            } finally {
                new SessionReport(session).keep(context);
                thread.setContextClassLoader(own);
            }
        };
    }

    /** Returns whether this build pushes images, once its goals are known. */
    private boolean pushes() {
        return expected.keySet().stream().anyMatch(key -> key.contains(" push "));
    }

    /** Notes that a goal has succeeded, and makes all deployments if it was the last one. */
    public void ended(GoalContext context) {
        synchronized (ended) {
            ended.put(key(context.project(), context.execution()), "");
            deploy(context);
            await(context.log());
        }
    }

    private void deploy(GoalContext context) {
        if (pending.isEmpty()) {
            return;
        }
        Map<String, String> missing = missing(expected);
        Log log = context.log();
        if (!missing.isEmpty()) {
            if (context.execution().getGoal().equals("deploy")) {
                log.info("The deployment waits until "
                        + (pushes() ? "the images of all modules are pushed" : "this goal has run in all modules")
                        + "; missing: " + String.join(", ", new TreeSet<>(missing.values())));
            }
            return;
        }
        SortedMap<String, Runnable> now = all(pending);
        if (hasFailures()) {
            log.warn("Not deployed: another module of this build has failed.");
            return;
        }
        if (!deployedBefore.isEmpty() && !deployedBefore.containsValue(false)) {
            log.info("All modules are deployed already; deploying them again.");
        }
        now.forEach((key, deployment) -> {
            try {
                if (now.size() > 1 || !key.startsWith(context.project().getId() + " ")) {
                    log.info("Deploying the module '" + expected.getOrDefault(key, key) + "':");
                }
                deployment.run();
            } catch (RuntimeException e) {
                if (now.size() > 1) {
                    warnOfRest(now.tailMap(key).keySet(), log);
                }
                if (e instanceof OlympeException
                        && !key.startsWith(context.project().getId() + " ")) {
                    throw new OlympeException(
                            "The deployment of the module '" + expected.getOrDefault(key, key) + "' failed. "
                                    + e.getMessage(),
                            e);
                }
                throw e;
            }
        });
        warnOfOthers(log);
    }

    private boolean hasFailures() {
        return session.getResult() != null && session.getResult().hasExceptions();
    }

    /** Logs the modules that are not deployed: the failed one and those after it. */
    private void warnOfRest(Set<String> keys, Log log) {
        log.warn("Pushed and not deployed: "
                + keys.stream().map(key -> expected.getOrDefault(key, key)).collect(Collectors.joining(", "))
                + ". Run 'mvn olympe:deploy': it passes over the modules that are deployed.");
    }

    /** Waits for all environments, even if one of them fails. */
    private void await(Log log) {
        if (waiting.isEmpty()
                || !missing(expected).isEmpty()
                || !missing(expectedAwaits).isEmpty()) {
            return;
        }
        Collection<Runnable> waits = all(waiting).values();
        if (hasFailures()) {
            log.warn("Not awaited: another module of this build has failed.");
            return;
        }
        List<OlympeException> failures = new ArrayList<>();
        for (Runnable wait : waits) {
            try {
                wait.run();
            } catch (OlympeException e) {
                failures.add(e);
            }
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            throw new OlympeException(
                    failures.stream().map(OlympeException::getMessage).collect(Collectors.joining(" ")),
                    failures.get(0));
        }
    }

    /** Removes and returns all tasks of a map. */
    private static SortedMap<String, Runnable> all(Map<String, Runnable> tasks) {
        SortedMap<String, Runnable> all = new TreeMap<>(tasks);
        tasks.clear();
        return all;
    }

    private Map<String, String> missing(Map<String, String> goals) {
        if (expected.isEmpty() && expectedAwaits.isEmpty()) {
            BuildGoals plans = new BuildGoals(session, lifecycle);
            for (MavenProject module : session.getProjects()) {
                for (MojoExecution execution : plans.running(module)) {
                    if (GOALS.contains(execution.getGoal())) {
                        expected.put(key(module, execution), module.getArtifactId());
                    } else if (execution.getGoal().equals("await")) {
                        expectedAwaits.put(key(module, execution), module.getArtifactId());
                    }
                }
            }
        }
        Map<String, String> missing = new TreeMap<>(goals);
        missing.keySet().removeAll(ended.keySet());
        return missing;
    }

    /** Logs the modules that an earlier build pushed but did not deploy, and that this build leaves out (with -rf or -pl). */
    private void warnOfOthers(Log log) {
        for (MavenProject module : session.getAllProjects()) {
            if (!session.getProjects().contains(module) && isOnlyPushed(module)) {
                log.warn("The module '" + module.getArtifactId()
                        + "' is not deployed: it was pushed by an earlier build that failed, and is not part of this one. Deploy it with"
                        + " 'mvn olympe:deploy -pl :" + module.getArtifactId() + "'.");
            }
        }
    }

    private static boolean isOnlyPushed(MavenProject module) {
        try {
            return SentDeployment.read(folder(module).resolve("deploy"))
                    .filter(sent -> !sent.accepted())
                    .isPresent();
        } catch (OlympeException e) {
            return true; // Nothing readable says that it was accepted.
        }
    }

    private static boolean isDeployed(MavenProject module) {
        try {
            return SentDeployment.read(folder(module).resolve("deploy"))
                    .filter(SentDeployment::accepted)
                    .filter(sent -> sent.isOf(folder(module).resolve(ImagesFile.NAME)))
                    .isPresent();
        } catch (OlympeException e) {
            return false;
        }
    }

    private static Path folder(MavenProject module) {
        return Path.of(module.getBuild().getDirectory(), "olympe");
    }

    private static String key(MavenProject module, MojoExecution execution) {
        return String.join(" ", module.getId(), execution.getGoal(), execution.getExecutionId());
    }
}
