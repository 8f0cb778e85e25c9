package io.github.olympe.maven.goal;

import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.goal.bridge.ImageStates;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RecordedImages;
import io.github.olympe.maven.release.promote.PromotePlan;
import io.github.olympe.maven.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Deploys what one environment runs to another: the same images by their digests, without a build. The URL, the token, the payload and the
 * deploy rules are those of the target environment. It runs from any branch, but never for a merge or pull request.
 *
 * <p>An image whose tag has moved since then gets a new tag. If the target environment has a {@code <registry>}, the images are copied
 * there, without Docker.
 */
@Mojo(name = "promote", threadSafe = true)
public class PromoteMojo extends PayloadMojo<PromotePlan> {

    /** The environment to promote from. {@code olympe.environment} names the one to promote to. */
    @Parameter(property = "olympe.promote.from")
    @Nullable String promoteFrom;

    /**
     * Promotes even if {@code await} found that the deployment does not run. If it is unknown whether the last deployment was accepted,
     * promotes the one before.
     */
    @Parameter(property = "olympe.promote.force", defaultValue = "false")
    boolean promoteForce;

    @Override
    PromotePlan plan(GoalContext context) {
        requireLedger();
        return PromotePlan.of(
                Texts.of(promoteFrom), promoteForce, environments().branches(), context.build());
    }

    @Override
    void run(PromotePlan plan, GoalContext context) {
        context.inform(plan.describe());
        ImageReference repository = requireLedger();
        context.requireOnline("promote", repository.registry());
        DeploymentRecord record;
        DeployPlan deployment;
        try (Registries registries = registries(context)) {
            Ledger ledger = ledger(registries, repository, context);
            PromotePlan.Promoted promoted = plan.find(ledger);
            getLog().info(promoted.line());
            record = promoted.record();
            List<DeployedImage> running = plan.running(record, ledger, deploysCodeAsData());
            List<DeployedImage> wanted = wanted(running, registries, context);
            if (wanted.isEmpty() && !running.isEmpty()) {
                getLog().info(NO_OTHER_IMAGE);
                return;
            }
            RecordedImages.Ready images = recordedImages(registries, context)
                    .find(record.id(), wanted, environments().registry(plan.to()));
            DeploySettings settings = deploySettings(context, payloadSettings(), true);
            boolean isHeldBack = codeAsDataDeployment() == CodeAsData.Deploy.AUTO
                    && codeAsData(wanted).isEmpty();
            deployment = DeployPlan.of(
                    isHeldBack ? settings.withCodeAsData(false) : settings,
                    context.build(),
                    new ImagesToDeploy(null, null, null, imageName, backends).recorded(images.images()));
            rehearseDeployment(deployment, context);
            images.push();
            if (dryRun) {
                ledger.current(plan.to())
                        .ifPresent(replaced -> getLog().info("Would replace " + replaced.shown(Instant.now()) + "."));
            }
        }
        deploy(deployment, context, DeploymentRecord.Action.PROMOTE, record, Runnable::run);
    }

    /**
     * Logs what code as data the other environment will import. If it is deployed only when there is something to import, and there is
     * nothing, the images leave it out.
     */
    private List<DeployedImage> wanted(List<DeployedImage> running, Registries registries, GoalContext context) {
        Optional<DeployedImage> codeAsData = codeAsData(running);
        if (codeAsData.isEmpty()) {
            return running;
        }
        Function<ImageStates, FoundState> next =
                states -> states.inRegistry(codeAsData.get().pinned());
        if (codeAsDataDeployment() != CodeAsData.Deploy.AUTO) {
            foresee(registries, context, next);
            return running;
        }
        if (isImported(registries, context, next)) {
            return running;
        }
        getLog().info(NOTHING_TO_IMPORT);
        return running.stream()
                .filter(image -> image.kind() != DeployedImage.Kind.CODE_AS_DATA)
                .toList();
    }

    private static Optional<DeployedImage> codeAsData(List<DeployedImage> images) {
        return images.stream()
                .filter(image -> image.kind() == DeployedImage.Kind.CODE_AS_DATA)
                .findFirst();
    }
}
