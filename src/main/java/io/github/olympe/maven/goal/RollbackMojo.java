package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.goal.bridge.ImageStates;
import io.github.olympe.maven.goal.bridge.RunningStates;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.patches.DiffFiles;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.patches.PackageNames;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RecordedImages;
import io.github.olympe.maven.release.rollback.RollbackPlan;
import io.github.olympe.maven.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Deploys an earlier record of the history again: the same images by their digests, with the same payload and deploy rules, without a
 * build. First it shows which deployments it undoes and how the code as data changes. An image whose tag has moved since then gets a new
 * tag. The rollback also leaves a record.
 *
 * <p>In a CI it runs for the same branches as {@code deploy}, or for the environment that {@code olympe.environment} names. By hand it runs
 * from any branch. It never runs for a merge or pull request.
 */
@Mojo(name = "rollback", threadSafe = true)
public class RollbackMojo extends WebhookMojo<RollbackPlan> {

    /**
     * The record to go back to, as {@code history} shows it. Default: the newest one with other images than those that run. After a
     * rollback, it is the newest such record before the one that the rollback went back to, so a second rollback goes further back.
     */
    @Parameter(property = "olympe.rollback.to")
    @Nullable String rollbackTo;

    @Override
    RollbackPlan plan(GoalContext context) {
        requireLedger();
        PayloadSettings nothingElse = PayloadSettings.of(List.of(), null, null, null, null, allowUnknownPayloadKeys);
        return RollbackPlan.of(
                deploySettings(context, nothingElse, true).withCodeAsData(true), context.build(), Texts.of(rollbackTo));
    }

    @Override
    void run(RollbackPlan plan, GoalContext context) {
        context.inform(plan.describe());
        ImageReference repository = requireLedger();
        context.requireOnline("connect", repository.registry());
        RollbackPlan.Way way;
        DeployPlan deployment;
        try (Registries registries = registries(context)) {
            Ledger ledger = ledger(registries, repository, context);
            way = plan.find(ledger);
            way.lines(Instant.now()).forEach(getLog()::info);
            compare(way, ledger, registries, context);
            way.warnings().forEach(getLog()::warn);
            RecordedImages.Ready images = recordedImages(registries, context)
                    .find(way.to().id(), way.to().images(), Optional.empty());
            deployment = plan.deployment(way.to(), images.images());
            rehearseDeployment(deployment, context);
            images.push();
        }
        deploy(deployment, context, DeploymentRecord.Action.ROLLBACK, way.to(), Runnable::run);
    }

    /** Shows how the code as data changes, and what the environment will import; a failure here never stops the rollback. */
    private void compare(RollbackPlan.Way way, Ledger ledger, Registries registries, GoalContext context) {
        if (way.to().image(DeployedImage.Kind.CODE_AS_DATA).isEmpty()) {
            if (way.over()
                    .anyMatch(record ->
                            record.image(DeployedImage.Kind.CODE_AS_DATA).isPresent())) {
                getLog().info("The code as data stays unchanged: that deployment had none.");
            }
            return;
        }
        try (ImageStates images = imageStates(registries, context)) {
            Optional<Difference> difference = new RunningStates(ledger, List.of(), images)
                    .goingTo(way.to(), new PackageNames(context.projectDirectory()));
            difference.ifPresentOrElse(
                    found -> {
                        DiffFiles.in(context.outputDirectory(), context.mask()).write(found); // The page names them.
                        SessionReport.module(context).compared(found);
                        found.lines().forEach(getLog()::info);
                    },
                    () -> getLog().info(
                                    "No record says which code as data the environment runs, so what changes in it is not known."));
        } catch (OlympeException e) {
            getLog().warn("What changes in the code as data is not known. " + e.getMessage());
        }
    }
}
