package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.BuildPlan;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Runs {@code npm test} if package.json has that script. */
@Mojo(name = "npm-test", defaultPhase = LifecyclePhase.TEST, threadSafe = true)
public class NpmTestMojo extends BuildMojo {

    /** Skips the tests. */
    @Parameter(property = "skipTests", defaultValue = "false")
    boolean skipTests;

    /** Skips the tests, like {@code skipTests}. */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    boolean mavenTestSkip;

    @Override
    BuildPlan plan(GoalContext context) {
        return plans(context).test(skipTests || mavenTestSkip);
    }
}
