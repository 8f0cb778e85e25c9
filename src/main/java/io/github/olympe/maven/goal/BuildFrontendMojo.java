package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.RequestedTasks;
import io.github.olympe.maven.node.plan.BuildPlan;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Builds the frontend: {@code npm run build:draw}, which makes {@code dist/web}. With {@code parallel}, and where {@code build-backend} is
 * a part of the same build, the backend is built at the same time.
 */
@Mojo(name = "build-frontend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildFrontendMojo extends BuildMojo {

    /** Builds the frontend and the backend at the same time, each line that they print marked with its own. */
    @Parameter(property = "olympe.parallel", defaultValue = "false")
    boolean parallel;

    @Override
    BuildPlan plan(GoalContext context) {
        return plans(context).frontend(parallel && buildsBackend());
    }

    /** Whether this Maven build will come to the goal build-backend: it is bound to a phase as this goal is, or was asked for as well. */
    private boolean buildsBackend() {
        if (mojoExecution.getLifecyclePhase() == null) {
            return RequestedTasks.has(session, "build-backend");
        }
        Plugin plugin = project.getPlugin(mojoExecution.getPlugin().getKey());
        return plugin != null
                && plugin.getExecutions().stream()
                        .anyMatch(execution -> execution.getGoals().contains("build-backend"));
    }
}
