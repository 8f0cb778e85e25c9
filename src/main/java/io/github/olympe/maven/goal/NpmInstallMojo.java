package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.InstallPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Installs the npm packages: {@code npm ci} by a lock file that git tracks, else {@code npm install}, and neither where an install would
 * change nothing.
 */
@Mojo(name = "npm-install", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public class NpmInstallMojo extends NodeMojo<InstallPlan> {

    @Override
    InstallPlan plan(GoalContext context) {
        return InstallPlan.of(npm(context));
    }

    @Override
    void run(InstallPlan plan, GoalContext context) {
        plan.run(nodeSession(context));
    }
}
