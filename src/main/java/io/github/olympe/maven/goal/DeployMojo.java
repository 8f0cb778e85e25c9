package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.deploy.DeploymentSummary;
import io.github.olympe.maven.deploy.Webhook;
import io.github.olympe.maven.deploy.WebhookAnswer;
import io.github.olympe.maven.text.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Deploys the images that were pushed: builds the payload, shows what it will do, and posts it to the deploy webhook, once.
 *
 * <p>The images are those of {@code target/olympe/images.json}, else those that the variables of {@code build.env} name
 * ({@code FRONTEND_IMAGE}, {@code BACKEND_IMAGE} or several {@code <NAME>_BACKEND_IMAGE}, {@code CODEASDATA_IMAGE}), else those of that
 * file; {@code frontendImage}, {@code backendImages} and {@code codeAsDataImage} win. Only builds of matching branches are deployed, never
 * those of merge or pull requests. In a build of several modules, no webhook is called before all of their images are pushed.
 */
@Mojo(name = "deploy", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class DeployMojo extends AbstractDeployMojo {

    @Override
    void run() {
        DeployBranches branches = deployBranches();
        if (!isDeploymentConfigured()) {
            if (mojoExecution.getSource() == MojoExecution.Source.CLI) {
                throw new OlympeException(
                        "The parameter 'deployUrl' is missing; set it, or 'environments', or -Dolympe.deploy.url=… to the URL of the"
                                + " deploy webhook.");
            }
            getLog().info("Not deployed: neither 'deployUrl' nor 'environments' is set.");
            return;
        }
        Duration timeout = deployTimeout();
        DeployBranches.Decision decision = branches.deploy(buildContext());
        if (!decision.granted()) {
            getLog().info("Not deployed: " + decision.reason() + ".");
            return;
        }
        ImagesToDeploy found = ImagesToDeploy.find(this);
        ImagesToDeploy images = wanted(found);
        if (found.codeAsData().isPresent() && isWithoutImages(decision.environment(), images.references())) {
            getLog().info("Not deployed: " + ONLY_CODE_AS_DATA + ".");
            return;
        }
        DeployPlan plan = plan(decision.environment(), images.references());
        getLog().info("Deploying, as " + decision.reason() + ".");
        plan.lines().forEach(getLog()::info);
        plan.preview().warnings().forEach(getLog()::warn);
        Optional<Credential> credential =
                credentials().deployToken(plan.place().serverId().orElse(null));
        String masked = mask().mask(plan.deployment().payload().toJson());
        plan.deployment().prepare(masked);
        if (dryRun) {
            getLog().info("Payload:");
            masked.lines().forEach(getLog()::info);
            getLog().info("Nothing was sent (olympe.dryRun).");
            if (credential.isEmpty()) {
                getLog().warn(noToken());
            }
            return;
        }
        Secret token = token(credential);
        String source = credential.map(Credential::source).orElse("");
        ReactorDeployments.of(session).add(() -> send(plan, images, timeout, token, source));
    }

    private ImagesToDeploy wanted(ImagesToDeploy images) {
        if (deploysCodeAsData() && images.codeAsData().isEmpty()) {
            throw new OlympeException(
                    "The parameter 'olympe.codeAsData.deploy' is true, but there is no code-as-data image; run the goals"
                            + " 'image' and 'push' with it, or name the image by 'codeAsDataImage'.");
        }
        if (!deploysCodeAsData() && images.codeAsData().isPresent()) {
            getLog().info("Code as data is not deployed (olympe.codeAsData.deploy is not set).");
        }
        return deploysCodeAsData() ? images : images.withoutCodeAsData();
    }

    private void send(DeployPlan plan, ImagesToDeploy images, Duration timeout, Secret token, String tokenSource) {
        Instant start = Instant.now();
        Webhook webhook = new Webhook(
                "olympe-maven-plugin/" + mojoExecution.getVersion(),
                timeout,
                proxies(),
                mask(),
                new MavenDeployLog(getLog()));
        WebhookAnswer answer = plan.deployment().send(webhook, token, tokenSource);
        List<DeploymentSummary.Step> steps = new ArrayList<>();
        StepTimes.of(session)
                .of(project)
                .forEach(step -> steps.add(new DeploymentSummary.Step(step.goal(), step.duration())));
        steps.add(new DeploymentSummary.Step("webhook", Duration.between(start, Instant.now())));
        new DeploymentSummary(
                        images.all(),
                        plan.place().url(),
                        answer.status(),
                        plan.preview().lines(),
                        steps)
                .lines()
                .forEach(getLog()::info);
    }
}
