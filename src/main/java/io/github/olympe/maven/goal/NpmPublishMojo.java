package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.NodeSession;
import io.github.olympe.maven.node.plan.PublishPlan;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the tarball of {@code npm-pack} to the npm registry in {@code npmRegistry}, in {@code publishConfig} of package.json, or in
 * {@code .npmrc}. It never publishes from a merge or pull request. With {@code dryRun} it shows what it would do.
 */
@Mojo(name = "npm-publish", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class NpmPublishMojo extends LibraryMojo<PublishPlan> {

    /** The tag for the version, such as {@code next}. Default: npm's {@code latest}. */
    @Parameter(property = "olympe.npmTag")
    @Nullable String npmTag;

    /** Who may install a scoped package: {@code public} or {@code restricted}. Default: npm's own. */
    @Parameter(property = "olympe.npmAccess")
    @Nullable String npmAccess;

    /** Skips a version that is already published, instead of failing. */
    @Parameter(property = "olympe.skipPublished", defaultValue = "false")
    boolean skipPublished;

    @Override
    PublishPlan plan(GoalContext context) {
        if (npmRegistry == null && context.build().mergeRequest().isEmpty()) {
            // Otherwise a private library would be published to npm's public registry.
            context.requireVariable(mojoExecution, "npmRegistry", "olympe.npmRegistry");
        }
        return new PublishPlan(
                pack(context),
                Optional.ofNullable(npmTag),
                Optional.ofNullable(npmAccess),
                skipPublished,
                dryRun,
                context.build());
    }

    @Override
    void rehearse(PublishPlan plan, GoalContext context) {
        NodeSession node = nodeSession(context);
        if (context.offline()) {
            plan.announcedHost(node).ifPresent(host -> context.requireOnline("publish", host));
        } else if (!context.before().bumped()) {
            plan.rehearse(node);
        }
    }

    @Override
    void run(PublishPlan plan, GoalContext context) {
        NodeSession node = nodeSession(context);
        if (context.offline()) {
            plan.host(node).ifPresent(host -> context.requireOnline("publish", host));
        }
        plan.run(node);
    }
}
