package io.github.olympe.maven.goal;

import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
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
 * Deploys an earlier record of the history again: the same images by their digests, with the same payload and deploy rules; nothing is built.
 * An image whose tag has moved since gets a tag of its own. The rollback leaves a record, too.
 *
 * <p>In a CI it runs for the branches that {@code deploy} runs for, or for the environment that {@code olympe.environment} names; by hand
 * from any branch. It never runs for a merge or pull request.
 */
@Mojo(name = "rollback", threadSafe = true)
public class RollbackMojo extends WebhookMojo<RollbackPlan> {

    /** The record to go back to, as {@code history} shows it. Default: the one before the record that was deployed last. */
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
            way = plan.find(new Ledger(registries, repository, imageLog()));
            way.lines(Instant.now()).forEach(getLog()::info);
            way.warnings().forEach(getLog()::warn);
            RecordedImages.Ready images = recordedImages(registries, context)
                    .find(way.to().id(), way.to().images(), Optional.empty());
            deployment = plan.deployment(way.to(), images.images());
            images.push();
        }
        deploy(deployment, context, DeploymentRecord.Action.ROLLBACK, way.to().id(), Runnable::run);
    }
}
