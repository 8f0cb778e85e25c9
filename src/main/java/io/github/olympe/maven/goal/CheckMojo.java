package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.session.BuildGoals;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.runtime.NodeCheck;
import io.github.olympe.maven.node.runtime.NodeVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Finds what would fail later, before anything runs. It checks {@code package.json} and its scripts, Node.js, the snapshot configuration,
 * image names and tags, the payload with its deploy rules, and missing credentials. It also prints what the build is going to do.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public class CheckMojo extends GoalMojo<Plan> {

    private static final List<String> CALLED = List.of(
            "install-node",
            "npm-install",
            "snapshot",
            "build-frontend",
            "build-backend",
            "build-code-as-data",
            "image",
            "push");

    @Inject
    LifecycleExecutor lifecycle;

    @Inject
    BuildPluginManager pluginManager;

    @Inject
    MavenPluginManager mavenPluginManager;

    @Override
    Plan plan(GoalContext context) {
        return List::of;
    }

    @Override
    void run(Plan plan, GoalContext context) {
        BuildContext build = context.build();
        getLog().info("Building " + subject(build) + " (" + build.system() + ")");
        context.warn(FileNames.localeWarning().stream().toList());
        PackageJson.read(context.projectDirectory());
        checkGoals(context);
    }

    private static String subject(BuildContext build) {
        return build.mergeRequest()
                        .or(() -> build.branch().map(branch -> "branch '" + branch + "'"))
                        .or(() -> build.tag().map(tag -> "tag '" + tag + "'"))
                        .orElse("what is checked out")
                + build.shortCommit().map(commit -> ", commit " + commit).orElse("");
    }

    /** Makes the plans of the goals, each for the state of the build after the goals before it. */
    private void checkGoals(GoalContext start) {
        Goals goals = goals();
        GoalContext context = start;
        for (GoalMojo<?> goal : goals.running()) {
            context = check(goal, context, true, true);
        }
        if (!goals.running().isEmpty()) {
            context = context.after(context.before().thatEndTheBuild());
        }
        for (GoalMojo<?> goal : goals.later()) {
            context = check(goal, context, false, goals.running().isEmpty());
        }
        Optional<NodeVersion> node = context.before().node();
        for (ImageSpec image : context.plannedImages().orElse(List.of())) {
            if (node.isPresent() && image.kind() == ImageKind.BACKEND) {
                context.warn(NodeCheck.baseImage(
                                node.get(), image.name(), image.base().toString())
                        .stream()
                        .toList());
            }
        }
    }

    private <P extends Plan> GoalContext check(GoalMojo<P> goal, GoalContext context, boolean runs, boolean inFull) {
        P plan = goal.check(context, runs);
        show(plan, context, inFull);
        return goal.after(plan, context);
    }

    private static void show(Plan plan, GoalContext context, boolean inFull) {
        if (inFull) {
            context.inform(plan.describe());
        }
        context.warn(plan.warnings());
        context.warn(plan.checkOtherBuilds());
    }

    /**
     * The goals to check.
     *
     * @param running the goals that this build runs, in order
     * @param later the goals that {@code mvn deploy} would also run; if none is bound, the goals that a pipeline calls by name
     */
    record Goals(List<GoalMojo<?>> running, List<GoalMojo<?>> later) {}

    /** Asks Maven for the goals, with their parameters. */
    Goals goals() {
        BuildGoals build = new BuildGoals(session, lifecycle);
        List<MojoExecution> running = others(build.running(project));
        List<MojoExecution> later = others(build.bound(project)).stream()
                .filter(execution ->
                        running.stream().noneMatch(other -> other.getGoal().equals(execution.getGoal())))
                .toList();
        if (running.isEmpty() && later.isEmpty()) {
            // A pipeline calls the goals by name.
            later = build.called(project, mojoExecution.getVersion(), CALLED);
        }
        return new Goals(configured(build, running), configured(build, later));
    }

    private List<MojoExecution> others(List<MojoExecution> executions) {
        return executions.stream()
                .filter(execution -> !execution.getGoal().equals(mojoExecution.getGoal()))
                .toList();
    }

    private List<GoalMojo<?>> configured(BuildGoals build, List<MojoExecution> executions) {
        List<GoalMojo<?>> goals = new ArrayList<>();
        for (MojoExecution execution : executions) {
            if (build.configured(project, execution, pluginManager, mavenPluginManager) instanceof GoalMojo<?> goal
                    && !goal.skip) {
                goal.mojoExecution = execution;
                goals.add(goal);
            }
        }
        return goals;
    }
}
