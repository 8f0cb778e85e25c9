package io.github.olympe.maven.goal.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/**
 * The deployments of a build of several modules. They wait until the images of all modules are pushed: each {@code push} and {@code deploy}
 * that has ended well marks its module, and the last one to end makes all deployments. A module that fails is never marked, so that nothing
 * is deployed then. Safe for the threads of {@code -T}.
 */
public final class ReactorDeployments {

    private static final Set<String> GOALS = Set.of("push", "deploy");
    private static final String PENDING = "deployments";
    private static final String ENDED = "pushedAndDeployed";
    private static final String EXPECTED = "pushAndDeploy";

    private final MavenSession session;
    private final LifecycleExecutor lifecycle;

    /** The deployments that wait, by their goal. */
    private final Map<String, Runnable> pending;

    /** The goals that have ended, and those that Maven will run, each with its module. */
    private final Map<String, String> ended;

    private final Map<String, String> expected;

    public ReactorDeployments(MavenSession session, LifecycleExecutor lifecycle) {
        this.session = session;
        this.lifecycle = lifecycle;
        pending = SessionData.shared(session, PENDING);
        ended = SessionData.shared(session, ENDED);
        expected = SessionData.shared(session, EXPECTED);
    }

    /** Holds a deployment back until the images of all modules are pushed. */
    public void whenAllImagesArePushed(GoalContext context, Runnable deployment) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        pending.put(key(context.project(), context.execution()), () -> {
            // The goal that ends last may be one of another loading of this plugin.
            Thread thread = Thread.currentThread();
            ClassLoader own = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                deployment.run();
            } finally {
                thread.setContextClassLoader(own);
            }
        });
    }

    /** Notes that a goal has ended well, and makes all deployments if it was the last one. */
    public void ended(GoalContext context) {
        synchronized (ended) {
            ended.put(key(context.project(), context.execution()), "");
            if (pending.isEmpty()) {
                return;
            }
            Map<String, String> missing = new TreeMap<>(expected());
            missing.keySet().removeAll(ended.keySet());
            Log log = context.log();
            if (!missing.isEmpty()) {
                if (context.execution().getGoal().equals("deploy")) {
                    log.info("The deployment waits until the images of all modules are pushed; missing: "
                            + String.join(", ", new TreeSet<>(missing.values())));
                }
                return;
            }
            List<Runnable> now = List.copyOf(new TreeMap<>(pending).values());
            pending.clear();
            if (session.getResult() != null && session.getResult().hasExceptions()) {
                log.warn("Not deployed: another module of this build has failed.");
                return;
            }
            now.forEach(Runnable::run);
            warnOfOthers(log);
        }
    }

    private Map<String, String> expected() {
        if (expected.isEmpty()) {
            BuildGoals goals = new BuildGoals(session, lifecycle);
            for (MavenProject module : session.getProjects()) {
                goals.running(module).stream()
                        .filter(execution -> GOALS.contains(execution.getGoal()))
                        .forEach(execution -> expected.put(key(module, execution), module.getArtifactId()));
            }
        }
        return expected;
    }

    /** Names the modules that an earlier build has pushed and not deployed, and that this one leaves out (with -rf or -pl). */
    private void warnOfOthers(Log log) {
        for (MavenProject module : session.getAllProjects()) {
            Path deployment = Path.of(module.getBuild().getDirectory(), "olympe", "deploy");
            if (!session.getProjects().contains(module)
                    && Files.exists(deployment.resolve("payload.json"))
                    && !Files.exists(deployment.resolve("response.json"))) {
                log.warn("The module '" + module.getArtifactId()
                        + "' is not deployed: it was pushed by an earlier build that failed, and is not part of this one. Deploy it with"
                        + " 'mvn olympe:deploy -pl :" + module.getArtifactId() + "'.");
            }
        }
    }

    private static String key(MavenProject module, MojoExecution execution) {
        return String.join(" ", module.getId(), execution.getGoal(), execution.getExecutionId());
    }
}
