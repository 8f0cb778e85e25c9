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
 * Publishes the tarball that {@code npm-pack} made to the npm registry: that of {@code npmRegistry}, of {@code publishConfig} in
 * package.json, or of {@code .npmrc}. Never from a merge or pull request; with {@code dryRun} it shows what it would do.
 */
@Mojo(name = "npm-publish", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class NpmPublishMojo extends LibraryMojo<PublishPlan> {

    /** The tag that the version gets, such as {@code next}; by default npm's {@code latest}. */
    @Parameter(property = "olympe.npmTag")
    @Nullable String npmTag;

    /** Who may install a scoped package: {@code public} or {@code restricted}; by default what npm takes. */
    @Parameter(property = "olympe.npmAccess")
    @Nullable String npmAccess;

    /** Leaves a version out that is published already, rather than fail. */
    @Parameter(property = "olympe.skipPublished", defaultValue = "false")
    boolean skipPublished;

    @Override
    PublishPlan plan(GoalContext context) {
        if (npmRegistry == null && context.build().mergeRequest().isEmpty()) {
            // Else a private library would be published to npm's public registry.
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
