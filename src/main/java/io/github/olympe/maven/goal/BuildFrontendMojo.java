package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.RequestedTasks;
import io.github.olympe.maven.node.plan.BuildPlan;
import io.github.olympe.maven.node.plan.Machine;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Builds the frontend: {@code npm run build:draw}, which makes {@code dist/web}. Where {@code build-backend} is a part
 * of the same build, {@code parallel} lets the backend be built at the same time.
 */
@Mojo(name = "build-frontend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildFrontendMojo extends BuildMojo {

    /**
     * Builds the frontend and the backend at the same time, and marks each line of their output. By default, this is done if both scripts
     * run webpack and the plugin knows that neither disturbs the other, and if the machine has two processors and enough memory.
     */
    @Parameter(property = "olympe.parallel")
    @Nullable Boolean parallel;

    @Override
    BuildPlan plan(GoalContext context) {
        boolean oneModuleAtOnce = session.getRequest().getDegreeOfConcurrency() < 2;
        return plans(context)
                .frontend(
                        Optional.ofNullable(parallel),
                        buildsBackend(),
                        Machine.current().sharedBy(oneModuleAtOnce ? 1 : 2));
    }

    /** Returns whether this Maven build will run the goal build-backend: it is bound to a phase like this goal, or also called by name. */
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
