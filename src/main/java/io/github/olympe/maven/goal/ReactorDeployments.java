package io.github.olympe.maven.goal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/**
 * The deployments of a build of several modules, held back until the goals {@code push} and {@code deploy} have ended well in all of
 * them: the last one to end makes them all. A module that fails never ends, so none is made then.
 *
 * <p>Which executions there will be is read from the projects of the build ({@code -pl} has its effect on them) and from what Maven was
 * asked for, as there is nothing on every Maven that is told of a build's end. Safe for the threads of {@code -T}.
 */
final class ReactorDeployments {

    private static final Set<String> GOALS = Set.of("push", "deploy");
    private static final Pattern DECORATION = Pattern.compile("^(before|after):|\\[-?[0-9]+]$");

    /** The phases of Maven's default lifecycle, in their order. */
    private static final List<String> PHASES = List.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes",
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes",
            "test",
            "prepare-package",
            "package",
            "pre-integration-test",
            "integration-test",
            "post-integration-test",
            "verify",
            "install",
            "deploy");

    private final List<Runnable> pending = new ArrayList<>();
    private final Set<Execution> ended = new HashSet<>();

    /** An execution of a goal in a module. */
    private record Execution(String project, String goal, String id) {}

    /** The deployments of this Maven session. */
    static ReactorDeployments of(MavenSession session) {
        return SessionData.of(session, ReactorDeployments.class, ReactorDeployments::new);
    }

    /** Holds a deployment back until the images of all modules are pushed; it is made when the last goal that pushes or deploys ends. */
    synchronized void whenAllImagesArePushed(Runnable deployment) {
        pending.add(deployment);
    }

    /** Notes that an execution has ended well, and makes all deployments if it was the last one. */
    synchronized void ended(GoalContext context) {
        MavenSession session = context.session();
        MavenProject project = context.project();
        MojoExecution execution = context.execution();
        Log log = context.log();
        ended.add(new Execution(project.getId(), execution.getGoal(), execution.getExecutionId()));
        if (pending.isEmpty()) {
            return;
        }
        Set<Execution> missing = expected(session, execution.getPlugin().getKey());
        missing.removeAll(ended);
        if (!missing.isEmpty()) {
            if (execution.getGoal().equals("deploy")) {
                Set<String> modules = new TreeSet<>();
                missing.forEach(other -> modules.add(other.project()));
                log.info("The deployment waits until the images of all modules are pushed; missing: "
                        + String.join(", ", modules));
            }
            return;
        }
        List<Runnable> now = List.copyOf(pending);
        pending.clear();
        if (session.getResult() != null && session.getResult().hasExceptions()) {
            log.warn("Not deployed: another module of this build has failed.");
            return;
        }
        now.forEach(Runnable::run);
    }

    private static Set<Execution> expected(MavenSession session, String pluginKey) {
        Set<Execution> expected = new LinkedHashSet<>();
        int reached = -1;
        Set<String> otherPhases = new HashSet<>();
        for (String task : RequestedTasks.of(session)) {
            if (task.contains(":") && !DECORATION.matcher(task).find()) {
                // A goal that is called by its name runs in every module.
                RequestedTasks.call(task)
                        .filter(call -> GOALS.contains(call.goal()))
                        .ifPresent(call -> session.getProjects()
                                .forEach(module ->
                                        expected.add(new Execution(module.getId(), call.goal(), call.execution()))));
            } else {
                String phase = DECORATION.matcher(task).replaceAll("");
                reached = Math.max(reached, PHASES.indexOf(phase));
                otherPhases.add(phase);
            }
        }
        for (MavenProject module : session.getProjects()) {
            Plugin plugin = module.getPlugin(pluginKey);
            for (PluginExecution bound : plugin == null ? List.<PluginExecution>of() : plugin.getExecutions()) {
                String phase = bound.getPhase() == null ? "deploy" : bound.getPhase();
                int index = PHASES.indexOf(phase);
                if (index >= 0 ? index <= reached : otherPhases.contains(phase)) {
                    bound.getGoals().stream()
                            .filter(GOALS::contains)
                            .forEach(goal -> expected.add(new Execution(module.getId(), goal, bound.getId())));
                }
            }
        }
        return expected;
    }
}
