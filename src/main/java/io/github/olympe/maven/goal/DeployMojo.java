package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.DeployUrl;
import io.github.olympe.maven.deploy.Deployment;
import io.github.olympe.maven.deploy.Webhook;
import io.github.olympe.maven.deploy.WebhookToken;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.goal.log.MavenDeployLog;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.goal.session.StepTimes;
import io.github.olympe.maven.report.Report;
import io.github.olympe.maven.text.Seconds;
import io.github.olympe.maven.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Deploys the images that were pushed: builds the payload, shows what it will do, and posts it to the deploy webhook, once.
 *
 * <p>The images are those of {@code target/olympe/images.json}, else those that the variables of {@code build.env} name
 * ({@code FRONTEND_IMAGE}, {@code BACKEND_IMAGE} or several {@code <NAME>_BACKEND_IMAGE}, {@code CODEASDATA_IMAGE}), else those of that
 * file; {@code frontendImage}, {@code backendImages} and {@code codeAsDataImage} win. Only builds of matching branches are deployed, never
 * those of merge or pull requests. In a build of several modules, no webhook is called before all of their images are pushed.
 */
@Mojo(name = "deploy", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class DeployMojo extends AwaitedMojo<DeployPlan> {

    /**
     * The URL of the deploy webhook, as you have it from Olympe. It is called for builds of the {@code deployBranches}; where there are
     * several instances, use {@code environments} instead. HTTPS, unless the host is a loopback one or {@code allowInsecureDeploy} is set.
     * Example: {@code https://deploy.example.com/acme/production}.
     */
    @Parameter(property = "olympe.deploy.url")
    @Nullable String deployUrl;

    /**
     * The id of the server of {@code settings.xml} whose password is the webhook's token. Without it, the token is the environment variable
     * {@code OLYMPE_DEPLOY_TOKEN}, else {@code WEBHOOK_TOKEN}.
     */
    @Parameter(property = "olympe.deploy.serverId")
    @Nullable String deployServerId;

    /**
     * The payload to start from: JSON, or the name of a file of it (relative to the project). Images, deploy rules and settings are merged
     * into it; a key that has one value here and another there is an error. Example: <code>${env.PAYLOAD}</code>, a variable of the CI.
     */
    @Parameter(property = "olympe.payload")
    @Nullable String payload;

    /**
     * The deploy rules, instead of those made from {@code deployTo} of the backends: each {@code <deployRule>} has a {@code source}, a regular
     * expression on references of backend images, and a {@code target}, one on names of backends; both as JavaScript reads them.
     */
    @Parameter
    @Nullable List<DeployRuleSection> deployRules;

    /** How a deployment without downtime is promoted: {@code auto} or {@code manual}. Sent only when set; Olympe's default is {@code auto}. */
    @Parameter(property = "olympe.promotionMode")
    @Nullable String promotionMode;

    /**
     * How code as data is updated, where its section does not say it: {@code auto}, or {@code manual} by an approval. Sent only when set;
     * Olympe's default is {@code auto}.
     */
    @Parameter(property = "olympe.codeAsData.updateMode")
    @Nullable String codeAsDataUpdateMode;

    /**
     * Whether the instance leaves out its automatic update of orchestrator and toolkit: {@code true} or {@code false}. Sent only when set;
     * Olympe's default is {@code false}.
     */
    @Parameter(property = "olympe.skipUpdateVersions")
    @Nullable String skipUpdateVersions;

    /** Arguments of Olympe's deploy process; the only one there is is {@code --force-sync}. Sent only when set. */
    @Parameter(property = "olympe.extraArgs")
    @Nullable List<String> extraArgs;

    /**
     * The names of the backends of the instance. With them, the preview shows which image each of them gets, and two images for one of them
     * are an error.
     */
    @Parameter(property = "olympe.backendNames")
    @Nullable List<String> backendNames;

    /** How many seconds the webhook may take to answer. */
    @Parameter(property = "olympe.deploy.timeout", defaultValue = "60")
    int deployTimeout;

    /** Allows a webhook by plain HTTP on a host that is not a loopback one; the token can then be read on the way. */
    @Parameter(property = "olympe.deploy.allowInsecure", defaultValue = "false")
    boolean allowInsecureDeploy;

    /** Allows keys in {@code payload} that Olympe's documentation does not have. */
    @Parameter(property = "olympe.allowUnknownPayloadKeys", defaultValue = "false")
    boolean allowUnknownPayloadKeys;

    /** The frontend image to deploy, instead of the one that was pushed. */
    @Parameter(property = "olympe.frontendImage")
    @Nullable String frontendImage;

    /** The backend images to deploy, instead of those that were pushed. */
    @Parameter(property = "olympe.backendImages")
    @Nullable List<String> backendImages;

    /** The code-as-data image to deploy, instead of the one that was pushed; it is deployed only with {@code olympe.codeAsData.deploy}. */
    @Parameter(property = "olympe.codeAsDataImage")
    @Nullable String codeAsDataImage;

    @Inject
    LifecycleExecutor lifecycle;

    @Override
    DeployPlan plan(GoalContext context) {
        DeployBranches.Decision decision = environments().branches().deploy(context.build());
        if (Texts.of(deployUrl).isEmpty()
                && decision.granted()
                && decision.environment().isEmpty()) {
            context.requireVariable(mojoExecution, "deployUrl", "olympe.deploy.url");
        }
        return DeployPlan.of(settings(context), context.build(), images(context));
    }

    DeployImages images(GoalContext context) {
        return new ImagesToDeploy(frontendImage, backendImages, codeAsDataImage, imageName, backends).find(context);
    }

    private DeploySettings settings(GoalContext context) {
        Environments all = environments();
        return new DeploySettings(
                all.targets(deployUrl, deployServerId, payload),
                all.branches(),
                PayloadSettings.of(
                        DeployRuleSection.rules(deployRules),
                        promotionMode,
                        codeAsData != null && codeAsData.updateMode != null
                                ? codeAsData.updateMode
                                : codeAsDataUpdateMode,
                        skipUpdateVersions,
                        extraArgs,
                        allowUnknownPayloadKeys),
                Texts.withoutBlanks(backendNames),
                deploysCodeAsData(),
                Seconds.of("deployTimeout", "olympe.deploy.timeout", deployTimeout),
                allowInsecureDeploy,
                mojoExecution.getSource() == MojoExecution.Source.CLI,
                dryRun,
                context.projectDirectory(),
                context.outputDirectory().resolve("deploy"));
    }

    @Override
    void rehearse(DeployPlan plan, GoalContext context) {
        if (plan.deploys() && !dryRun) {
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

    @Override
    void run(DeployPlan plan, GoalContext context) {
        if (!plan.deploys()) {
            plan.describe().forEach(getLog()::info);
            return;
        }
        if (context.isNews(PushMojo.CODE_AS_DATA_HELD_BACK)) {
            plan.notes().forEach(getLog()::info);
        }
        plan.describe().stream().filter(context::isNews).forEach(getLog()::info);
        plan.warnings().stream().filter(context::isNews).forEach(getLog()::warn);
        String masked = plan.writePayload(context.mask());
        note(plan, context, masked, null);
        if (dryRun) {
            getLog().info("Payload:");
            masked.lines().forEach(getLog()::info);
            getLog().info("Nothing was sent (olympe.dryRun).");
            if (credential(plan, context).isEmpty()) {
                getLog().warn(WebhookToken.MISSING);
            }
            return;
        }
        requireOnline(plan, context);
        WebhookToken token = WebhookToken.of(credential(plan, context));
        Webhook webhook = new Webhook(context.userAgent(), plan.timeout(), context.proxies(), context.mask());
        new ReactorDeployments(session, lifecycle)
                .whenAllImagesArePushed(context, () -> send(plan, context, masked, webhook, token));
    }

    private void send(DeployPlan plan, GoalContext context, String payload, Webhook webhook, WebhookToken token) {
        lookBeforeDeployment(context);
        Instant start = Instant.now();
        Deployment deployment = plan.run(webhook, token, new MavenDeployLog(getLog()));
        note(plan, context, payload, "HTTP status " + deployment.status());
        List<Deployment.Step> steps = new ArrayList<>(StepTimes.of(session).of(project));
        steps.add(new Deployment.Step("webhook", Duration.between(start, Instant.now())));
        deployment.summary(steps).forEach(getLog()::info);
    }

    private static void note(DeployPlan plan, GoalContext context, String payload, @Nullable String answer) {
        SessionReport.module(context)
                .deployed(new Report.Deployment(
                        plan.environment().orElse(null),
                        plan.url().map(DeployUrl::toString).orElse(null),
                        plan.describe(),
                        payload,
                        answer,
                        List.of()));
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
