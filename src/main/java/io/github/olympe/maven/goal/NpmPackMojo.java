package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.PackPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Packs the built library: runs {@code npm pack} on {@code dist} and writes the package to {@code target/olympe}. */
@Mojo(name = "npm-pack", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class NpmPackMojo extends LibraryMojo<PackPlan> {

    @Override
    PackPlan plan(GoalContext context) {
        return pack(context);
    }

    @Override
    void run(PackPlan plan, GoalContext context) {
        getLog().info("Packed " + plan.run(nodeSession(context)));
    }
}
