package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.DeployLog;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeployUrl;
import io.github.olympe.maven.deploy.Deployment;
import io.github.olympe.maven.deploy.NotAcceptedException;
import io.github.olympe.maven.deploy.Webhook;
import io.github.olympe.maven.deploy.WebhookAnswer;
import io.github.olympe.maven.deploy.WebhookToken;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.release.DeploymentRecord.Action;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.text.OneLine;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deploys, and keeps the ledger: the mark before the webhook is called, the record after it. A ledger that cannot be read or written only
 * causes a warning. It never prevents a deployment.
 */
public final class Recorder {

    private static final int LONGEST_BODY = 4000;

    private final Ledger ledger;
    private final DeployedImages images;
    private final Deployer deployer;
    private final SecretMask mask;
    private final ImageLog log;
    private final InstantSource clock;

    /**
     * Creates a recorder.
     *
     * @param registries the registries of the images
     * @param mask hides secrets in what is recorded
     * @param clock gives the start of a deployment
     */
    public Recorder(
            Ledger ledger,
            Registries registries,
            Deployer deployer,
            SecretMask mask,
            ImageLog log,
            InstantSource clock) {
        this.ledger = ledger;
        this.images = new DeployedImages(registries);
        this.deployer = deployer;
        this.mask = mask;
        this.log = log;
        this.clock = clock;
    }

    /** Finds what a deployment will replace, and logs it. The result is empty if that is unknown. */
    public Optional<DeploymentRecord> replaced(DeployPlan plan) {
        try {
            Optional<DeploymentRecord> current = ledger.current(environment(plan));
            current.ifPresent(record -> log.info("Replaces " + record.shown(clock.instant()) + "."));
            return current;
        } catch (OlympeException e) {
            log.warn("It is not known what this deployment replaces. " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Deploys.
     *
     * @param action the goal that deploys
     * @param repeats the record that is deployed again
     * @param replaced the result of {@link #replaced}
     * @throws OlympeException as {@link DeployPlan#run}
     */
    public Deployment run(
            DeployPlan plan,
            Action action,
            @Nullable DeploymentRecord repeats,
            Optional<DeploymentRecord> replaced,
            Webhook webhook,
            WebhookToken token,
            DeployLog deployLog) {
        DeploymentRecord mark = mark(plan, action, repeats, replaced);
        Optional<String> failure = append(mark);
        failure.ifPresent(log::warn);
        Deployment deployment;
        try {
            deployment = plan.run(webhook, token, deployLog);
        } catch (NotAcceptedException e) {
            if (e.isCertain()) {
                append(mark.ended(
                        Outcome.REJECTED, e.answer().map(Recorder::answer).orElse(null)));
            }
            throw e;
        }
        Optional<String> second = append(mark.ended(Outcome.ACCEPTED, answer(deployment.answer())));
        if (second.isEmpty()) {
            log.info("Recorded as " + mark.id() + ".");
        } else if (!second.equals(failure)) {
            log.warn(second.get());
        }
        return deployment;
    }

    /** Adds an entry; returns what is wrong if that fails. */
    private Optional<String> append(DeploymentRecord entry) {
        try {
            ledger.append(entry);
            return Optional.empty();
        } catch (OlympeException e) {
            return Optional.of("The deployment is not recorded. " + e.getMessage());
        }
    }

    private DeploymentRecord mark(
            DeployPlan plan, Action action, @Nullable DeploymentRecord repeats, Optional<DeploymentRecord> replaced) {
        String environment = environment(plan);
        return new DeploymentRecord(
                DeploymentRecord.VERSION,
                RecordId.create(environment, clock.instant()),
                environment,
                Outcome.SENT,
                action,
                repeats == null ? null : repeats.id(),
                mask.mask(url(plan.url().orElseThrow())),
                MaskedJson.of(plan.payload().json(), mask),
                images.of(plan.payload(), plan.images()),
                repeats == null ? deployer.source() : deployer.source().of(repeats.source()),
                deployer.by(),
                deployer.plugin(),
                repeats == null ? deployer.drawVersion().orElse(null) : repeats.drawVersion(),
                null,
                null,
                replaced.map(DeploymentRecord::digest).orElse(null),
                null,
                null);
    }

    private static String environment(DeployPlan plan) {
        return plan.environment().orElse(DeploymentRecord.ONLY);
    }

    private static String url(DeployUrl url) {
        return url.toString().replaceFirst("\\?.*", "");
    }

    private static DeploymentRecord.Answer answer(WebhookAnswer answer) {
        return new DeploymentRecord.Answer(answer.status(), OneLine.of(answer.body(), LONGEST_BODY));
    }
}
