package io.github.olympe.maven.goal;

import io.github.olympe.maven.adopt.AdoptPlan;
import io.github.olympe.maven.adopt.AdoptSettings;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.text.Texts;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads an existing Olympe project (package.json, Dockerfiles, the pipeline), and writes a pom, a Maven wrapper and a pipeline that do the same
 * with this plugin. Says what each thing that it found became, and what it did not understand. Needs no pom. Overwrites nothing: a file that
 * is there stays, and the new one is written beside it.
 */
@Mojo(name = "adopt", requiresProject = false, threadSafe = true)
public class AdoptMojo extends GoalMojo<AdoptPlan> {

    /**
     * The CI system to write a pipeline for: {@code gitlab}, {@code azure}, {@code github} or {@code jenkins}. By default the one whose
     * pipeline the project has.
     */
    @Parameter(property = "olympe.adopt.ci")
    @Nullable String ci;

    @Override
    AdoptPlan plan(GoalContext context) {
        return AdoptPlan.of(
                new AdoptSettings(context.projectDirectory(), Texts.of(ci), mojoExecution.getVersion(), dryRun));
    }

    @Override
    void run(AdoptPlan plan, GoalContext context) {
        plan.describe().forEach(getLog()::info);
        plan.run().forEach(getLog()::info);
    }
}
