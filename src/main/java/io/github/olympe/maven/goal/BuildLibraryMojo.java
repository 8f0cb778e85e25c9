package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.BuildPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Builds a library of bricks: {@code npm run build}, which makes {@code dist}. If that script also gathers the library's code as data,
 * {@code build-code-as-data} does not do it again.
 */
@Mojo(name = "build-library", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildLibraryMojo extends BuildMojo {

    /** The script of package.json that builds the library. */
    @Parameter(property = "olympe.libraryScript", defaultValue = "build")
    String libraryScript;

    @Override
    BuildPlan plan(GoalContext context) {
        return plans(context).library(libraryScript);
    }
}
