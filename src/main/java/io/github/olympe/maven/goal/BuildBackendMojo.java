package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.BuildPlan;
import io.github.olympe.maven.node.plan.BuildPlans;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the backend: {@code npm run build:node}, which makes {@code dist/node}. */
@Mojo(name = "build-backend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildBackendMojo extends BuildMojo {

    @Override
    BuildPlan plan(GoalContext context) {
        return isBuilt(BuildPlans.BACKEND, context)
                ? plans(context).none("The backend is built together with the frontend.")
                : plans(context).backend();
    }
}
