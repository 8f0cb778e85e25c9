package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.deploy.DeployLog;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.DeployUrl;
import io.github.olympe.maven.deploy.Deployment;
import io.github.olympe.maven.deploy.Webhook;
import io.github.olympe.maven.deploy.WebhookToken;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.goal.log.MavenDeployLog;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.goal.session.StepTimes;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.node.DrawVersion;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.Deployer;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RecordedImages;
import io.github.olympe.maven.release.Recorder;
import io.github.olympe.maven.report.Report;
import io.github.olympe.maven.text.Seconds;
import io.github.olympe.maven.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that call the deploy webhook, and the call itself: the payload is shown, sent once, and recorded. */
abstract class WebhookMojo<P extends Plan> extends AwaitedMojo<P> {

    /**
     * The URL of the deploy webhook, which you get from Olympe. It is called for builds of the {@code deployBranches}. For several
     * instances, use {@code environments} instead. It must use HTTPS, unless the host is a loopback host or {@code allowInsecureDeploy} is
     * set. Example: {@code https://deploy.example.com/acme/production}.
     */
    @Parameter(property = "olympe.deploy.url")
    @Nullable String deployUrl;

    /**
     * The id of the server of {@code settings.xml} whose password is the webhook's token. Without it, the token comes from the environment
     * variable {@code OLYMPE_DEPLOY_TOKEN}, else {@code WEBHOOK_TOKEN}.
     */
    @Parameter(property = "olympe.deploy.serverId")
    @Nullable String deployServerId;

    /**
     * The base payload: JSON, or the name of a JSON file (relative to the project). Images, deploy rules and settings are merged into it. A
     * key with different values here and there is an error. Example: <code>${env.PAYLOAD}</code>, a variable of the CI.
     */
    @Parameter(property = "olympe.payload")
    @Nullable String payload;

    /**
     * The names of the backends of the instance. With them, the preview shows which image each backend gets, and two images for one backend
     * are an error.
     */
    @Parameter(property = "olympe.backendNames")
    @Nullable List<String> backendNames;

    /** How many seconds the webhook may take to answer. */
    @Parameter(property = "olympe.deploy.timeout", defaultValue = "60")
    int deployTimeout;

    /** Allows a webhook with plain HTTP on a host other than a loopback host. Others can then read the token on the way. */
    @Parameter(property = "olympe.deploy.allowInsecure", defaultValue = "false")
    boolean allowInsecureDeploy;

    /** Allows keys in {@code payload} that Olympe's documentation does not list. */
    @Parameter(property = "olympe.allowUnknownPayloadKeys", defaultValue = "false")
    boolean allowUnknownPayloadKeys;

    /** Gives the start of deployments. */
    InstantSource clock = InstantSource.system();

    /** Returns the settings of a deployment, with these settings of the payload. */
    final DeploySettings deploySettings(GoalContext context, PayloadSettings payloadSettings, boolean required) {
        Environments all = environments();
        return new DeploySettings(
                all.targets(deployUrl, deployServerId, payload),
                all.branches(),
                payloadSettings,
                Texts.withoutBlanks(backendNames),
                deploysCodeAsData(),
                Seconds.of("deployTimeout", "olympe.deploy.timeout", deployTimeout),
                allowInsecureDeploy,
                required,
                dryRun,
                context.projectDirectory(),
                context.outputDirectory().resolve("deploy"));
    }

    /** Checks that everything that the webhook needs is there. Nothing is sent. */
    final void rehearseDeployment(DeployPlan plan, GoalContext context) {
        if (!plan.isEmpty() && !dryRun) {
            requireOnline(plan, context);
            WebhookToken.of(credential(plan, context));
        }
    }

    private static void requireOnline(DeployPlan plan, GoalContext context) {
        plan.url().map(url -> url.uri().getHost()).ifPresent(host -> context.requireOnline("deploy", host));
    }

    private static Optional<Credential> credential(DeployPlan plan, GoalContext context) {
        return context.credentials().deployToken(plan.serverId().orElse(null));
    }

    /**
     * Deploys, or shows what would be deployed.
     *
     * @param action the goal that deploys
     * @param repeats the record that is deployed again
     * @param when receives the task that sends the payload, and runs it at the right time
     */
    final void deploy(
            DeployPlan plan,
            GoalContext context,
            DeploymentRecord.Action action,
            @Nullable DeploymentRecord repeats,
            Consumer<Runnable> when) {
        context.inform(plan.describe());
        context.warn(plan.warnings());
        String masked = plan.writePayload(context.mask());
        note(plan, context, masked, null);
        if (dryRun) {
            getLog().info("Payload:");
            masked.lines().forEach(getLog()::info);
            recordedIn()
                    .ifPresent(
                            repository -> getLog().info("The deployment would be recorded in '" + repository + "'."));
            getLog().info("Nothing was sent (olympe.dryRun).");
            if (credential(plan, context).isEmpty()) {
                getLog().warn(WebhookToken.MISSING);
            }
            return;
        }
        requireOnline(plan, context);
        WebhookToken token = WebhookToken.of(credential(plan, context));
        when.accept(() -> send(plan, context, masked, token, action, repeats));
    }

    private void send(
            DeployPlan plan,
            GoalContext context,
            String shown,
            WebhookToken token,
            DeploymentRecord.Action action,
            @Nullable DeploymentRecord repeats) {
        lookBeforeDeployment(context);
        Instant start = Instant.now();
        Webhook webhook = new Webhook(context.userAgent(), plan.timeout(), context.proxies(), context.mask());
        DeployLog log = new MavenDeployLog(getLog());
        Optional<ImageReference> repository = recordedIn();
        Deployment deployment;
        if (repository.isEmpty()) {
            deployment = plan.run(webhook, token, log);
        } else {
            try (Registries registries = registries(context)) {
                Ledger entries = ledger(registries, repository.get(), context);
                Recorder recorder =
                        new Recorder(entries, registries, deployer(context), context.mask(), imageLog(), clock);
                deployment = recorder.run(plan, action, repeats, recorder.replaced(plan), webhook, token, log);
            }
        }
        note(plan, context, shown, "HTTP status " + deployment.status());
        List<Deployment.Step> steps = new ArrayList<>(StepTimes.of(session).of(project));
        steps.add(new Deployment.Step("webhook", Duration.between(start, Instant.now())));
        deployment.summary(steps).forEach(getLog()::info);
    }

    /** Returns what prepares the images of a record to be deployed again. */
    final RecordedImages recordedImages(Registries registries, GoalContext context) {
        return new RecordedImages(
                registries,
                registries.pusher(context.imageCache().baseImages()),
                context.outputDirectory().resolve(mojoExecution.getGoal()),
                dryRun,
                imageLog());
    }

    /** Returns the repository for the record of a deployment. An invalid repository name only causes a warning. */
    private Optional<ImageReference> recordedIn() {
        try {
            return ledgerLocation();
        } catch (OlympeException e) {
            getLog().warn("The deployment is not recorded. " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Deployer deployer(GoalContext context) {
        return Deployer.of(
                context.build(),
                context.environment(),
                context.execution().getVersion(),
                DrawVersion.of(context.projectDirectory()).or(() -> BuildEnv.drawVersion(context.outputDirectory())),
                context.mask());
    }

    private static void note(DeployPlan plan, GoalContext context, String shown, @Nullable String answer) {
        SessionReport.module(context)
                .deployed(new Report.Deployment(
                        plan.environment().orElse(null),
                        plan.url().map(DeployUrl::toString).orElse(null),
                        plan.describe(),
                        shown,
                        answer,
                        List.of()));
    }
}
