package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.log.MavenAwaitLog;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import io.github.olympe.maven.release.await.AwaitClock;
import io.github.olympe.maven.release.await.AwaitPlan;
import io.github.olympe.maven.release.await.AwaitResult;
import io.github.olympe.maven.release.await.AwaitedFile;
import io.github.olympe.maven.release.await.FrontendFiles;
import io.github.olympe.maven.release.await.HttpVisitor;
import io.github.olympe.maven.release.await.SentDeployment;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Waits until the environment serves the frontend that was deployed; nothing unless {@code awaitUrl} is set.
 *
 * <p>It asks for a small file of the frontend whose content differs from that of the frontend before, with growing pauses, and tells every
 * 15 seconds what it gets: still the old content, something else, an error, or no answer. In a build of several modules it waits for all of
 * them at the end, when everything is deployed.
 */
@Mojo(name = "await", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class AwaitMojo extends AwaitedMojo<AwaitPlan> {

    @Inject
    LifecycleExecutor lifecycle;

    AwaitClock clock = AwaitClock.system();

    @Override
    AwaitPlan plan(GoalContext context) {
        return awaitPlan(context);
    }

    @Override
    void rehearse(AwaitPlan plan, GoalContext context) {
        if (plan.awaits()) {
            context.credentials().await(plan.serverId().orElse(null));
        }
    }

    @Override
    void run(AwaitPlan plan, GoalContext context) {
        if (!plan.awaits()) {
            plan.describe().forEach(getLog()::info);
            return;
        }
        if (dryRun) {
            plan.describe().stream().filter(context::isNews).forEach(getLog()::info);
            getLog().info("Nothing was asked for (olympe.dryRun).");
            return;
        }
        new ReactorDeployments(session, lifecycle).whenAllIsDeployed(context, () -> await(plan, context));
    }

    private void await(AwaitPlan plan, GoalContext context) {
        Optional<SentDeployment> sent =
                SentDeployment.read(deployFolder(context)).filter(SentDeployment::accepted);
        if (sent.isEmpty()) {
            getLog().info(
                            "Skipping await: nothing was deployed (there is no deploy/response.json of a deployment that was accepted).");
            return;
        }
        if (sent.get().frontend().isEmpty()) {
            getLog().info("Skipping await: the deployment has no frontend, and what else it has cannot be asked for.");
            return;
        }
        context.requireOnline("connect", plan.url().orElseThrow().uri().getHost());
        Optional<AwaitedFile> file = chosenBefore().orElseGet(() -> chosenByName(plan, sent.get(), context));
        if (file.isEmpty()) {
            getLog().warn(
                            "Cannot tell whether '" + plan.url().get()
                                    + "' serves the frontend just deployed: none of its small files differs from what was served before.");
            return;
        }
        try (HttpVisitor visitor = visitor(plan, context)) {
            AwaitResult result =
                    plan.run(file.get(), sent.get().isManual(), visitor, clock, new MavenAwaitLog(getLog()));
            result.requireServed();
        }
    }

    private Optional<AwaitedFile> chosenByName(AwaitPlan plan, SentDeployment sent, GoalContext context) {
        FrontendFiles files =
                withImages(context, images -> files(images, sent.frontend().orElseThrow(), plan, context));
        return plan.chooseByName(files);
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
