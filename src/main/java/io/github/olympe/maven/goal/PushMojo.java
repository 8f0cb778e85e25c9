package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.image.push.PushPlan;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.PushResult;
import io.github.olympe.maven.image.push.PushSettings;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.node.DrawVersion;
import io.github.olympe.maven.registry.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Pushes the images that {@code image} assembled to the registry, with all their tags. It needs only {@code target/olympe}, so it may run
 * on another machine. Builds push only on the branches of {@code deployBranches} and {@code environments}, and never for merge or pull
 * requests. The code as data is pushed only with {@code olympe.codeAsData.deploy}.
 */
@Mojo(name = "push", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class PushMojo extends RegistryMojo<PushPlan> {

    /** A push logs this for the deployment after it, too. */
    static final String CODE_AS_DATA_HELD_BACK = "the code as data is not pushed";

    @Inject
    LifecycleExecutor lifecycle;

    @Override
    PushPlan plan(GoalContext context) {
        if (names().registry().isEmpty()
                && environments().branches().push(context.build()).granted()) {
            context.requireVariable(mojoExecution, "registry", "olympe.registry");
        }
        PushSettings settings = new PushSettings(
                names(),
                environments().branches(),
                deploysCodeAsData(),
                dryRun,
                DrawVersion.of(context.projectDirectory()),
                context.outputDirectory());
        return context.plannedImages()
                .map(images -> PushPlan.ofPlanned(settings, context.build(), images))
                .orElseGet(() -> PushPlan.of(settings, context.build()));
    }

    @Override
    void rehearse(PushPlan plan, GoalContext context) {
        List<ImageReference> repositories = plan.repositories();
        if (!dryRun) {
            repositories.forEach(repository -> context.requireOnline("push", repository.registry()));
        }
        if (!dryRun && !context.offline()) {
            try (Registries registries = registries(context)) {
                registries.tryCredentials(repositories);
            }
        }
    }

    @Override
    void run(PushPlan all, GoalContext context) {
        PushPlan plan = codeAsDataDeployment() == CodeAsData.Deploy.AUTO ? withWhatIsImported(all, context) : all;
        List<PushRequest> requests = plan.requests();
        if (requests.isEmpty() || dryRun) {
            context.inform(plan.describe());
            markNotesAsSaid(plan, context);
            return;
        }
        requests.forEach(
                request -> context.requireOnline("push", request.reference().registry()));
        context.inform(plan.notes());
        markNotesAsSaid(plan, context);
        try (Registries registries = registries(context)) {
            List<PushResult> results =
                    registries.pusher(context.imageCache().baseImages()).push(requests);
            SessionReport.module(context).pushed(plan.finish(results), results);
        }
    }

    private PushPlan withWhatIsImported(PushPlan plan, GoalContext context) {
        Optional<Path> codeAsData = plan.codeAsData();
        if (codeAsData.isEmpty()) {
            return plan;
        }
        try (Registries registries = registries(context)) {
            return isImported(registries, context, images -> images.assembled(codeAsData.get()))
                    ? plan
                    : plan.withoutImportedCodeAsData();
        }
    }

    /** Marks the notes as logged, so that {@code deploy} does not repeat them. */
    private static void markNotesAsSaid(PushPlan plan, GoalContext context) {
        if (!plan.notes().isEmpty()) {
            context.isNews(CODE_AS_DATA_HELD_BACK);
        }
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
