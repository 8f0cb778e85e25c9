package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.NpmPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Installs Node.js and npm privately if {@code nodeVersion} is set. Otherwise it logs which ones on the PATH are used. */
@Mojo(name = "install-node", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public class InstallNodeMojo extends NodeMojo<NpmPlan> {

    @Override
    NpmPlan plan(GoalContext context) {
        return npm(context).withCheckedNode();
    }

    @Override
    GoalContext after(NpmPlan plan, GoalContext context) {
        return context.after(context.before().withNode(plan.version()));
    }

    @Override
    void run(NpmPlan plan, GoalContext context) {
        plan.runtime(nodeSession(context));
        context.inform(plan.describe());
    }
}
