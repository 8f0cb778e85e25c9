package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.VersionBump;
import io.github.olympe.maven.node.plan.VersionPlan;
import java.time.Instant;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Sets the version in package.json and its lock file from a template, like the {@code bumpVersion.sh} of existing projects, and shows it.
 * No packaging binds this goal. With {@code dryRun} it only shows the version.
 */
@Mojo(name = "bump-version", defaultPhase = LifecyclePhase.GENERATE_RESOURCES, threadSafe = true)
public class BumpVersionMojo extends NodeMojo<VersionPlan> {

    /**
     * The new version. Placeholders: {@code {version}} (the version in package.json, without what an earlier run added), {@code {commit}}
     * (8 hex digits), {@code {timestamp}} (seconds since 1970), {@code {date}} (yyyyMMddHHmmss, UTC), {@code {branch}}, {@code {tag}} and
     * {@code {build}} (the CI's build number).
     */
    @Parameter(property = "olympe.versionTemplate", defaultValue = VersionBump.DEFAULT_TEMPLATE)
    String versionTemplate;

    @Override
    VersionPlan plan(GoalContext context) {
        VersionBump bump = new VersionBump(
                PackageJson.read(context.projectDirectory()),
                npmWorkspace(),
                new Template("versionTemplate (olympe.versionTemplate)", versionTemplate),
                context.build(),
                Instant.now());
        return VersionPlan.of(bump, dryRun);
    }

    @Override
    GoalContext after(VersionPlan plan, GoalContext context) {
        return dryRun ? context : context.after(context.before().withBump());
    }

    @Override
    void run(VersionPlan plan, GoalContext context) {
        plan.run();
        context.inform(plan.describe());
    }
}
