package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.InstallPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Installs the npm packages: with {@code npm ci} if git tracks the lock file, else with {@code npm install}. Runs neither if an install
 * would change nothing.
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
