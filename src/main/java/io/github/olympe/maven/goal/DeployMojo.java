package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.text.Texts;
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
 * Deploys the pushed images: builds the payload, shows what it will do, and posts it to the deploy webhook once.
 *
 * <p>The images come from {@code target/olympe/images.json}, else from the environment variables {@code FRONTEND_IMAGE},
 * {@code BACKEND_IMAGE} or several {@code <NAME>_BACKEND_IMAGE}, and {@code CODEASDATA_IMAGE}, else from the same variables in the file
 * {@code build.env}. {@code frontendImage}, {@code backendImages} and {@code codeAsDataImage} win over these. Only builds of matching
 * branches deploy; builds of merge or pull requests never do. In a build of several modules, no webhook is called before the images of all
 * modules are pushed.
 *
 * <p>The goal keeps a record of the deployment in the registry, unless {@code ledger} is {@code false}.
 */
@Mojo(name = "deploy", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class DeployMojo extends PayloadMojo<DeployPlan> {

    /** The frontend image to deploy, instead of the pushed one. */
    @Parameter(property = "olympe.frontendImage")
    @Nullable String frontendImage;

    /** The backend images to deploy, instead of the pushed ones. */
    @Parameter(property = "olympe.backendImages")
    @Nullable List<String> backendImages;

    /** The code-as-data image to deploy, instead of the pushed one. It is deployed only with {@code olympe.codeAsData.deploy}. */
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
        DeployImages images = images(context);
        boolean isHeldBack = isAuto()
                && images.codeAsData().filter(image -> image.pushed() || dryRun).isEmpty();
        DeploySettings settings = settings(context);
        return DeployPlan.of(isHeldBack ? settings.withCodeAsData(false) : settings, context.build(), images);
    }

    private DeploySettings settings(GoalContext context) {
        return deploySettings(context, payloadSettings(), mojoExecution.getSource() == MojoExecution.Source.CLI);
    }

    private boolean isAuto() {
        return codeAsDataDeployment() == CodeAsData.Deploy.AUTO;
    }

    /**
     * Logs what the environment will import. If the code as data is deployed only when there is something to import, and there is nothing,
     * the plan leaves it out.
     */
    private DeployPlan foreseen(DeployPlan plan, GoalContext context) {
        DeployImages images = images(context);
        Optional<DeployImage> codeAsData = images.codeAsData().filter(DeployImage::pushed);
        if (plan.isEmpty() || !plan.deploysCodeAsData() || codeAsData.isEmpty()) {
            return plan;
        }
        ImageReference reference =
                ImageReference.of("codeAsDataImage", codeAsData.get().reference());
        try (Registries registries = registries(context)) {
            if (!isAuto()) {
                foresee(registries, context, states -> states.inRegistry(reference));
                return plan;
            }
            if (isImported(registries, context, states -> states.inRegistry(reference))) {
                return plan;
            }
        }
        return DeployPlan.of(settings(context).withCodeAsData(false), context.build(), images);
    }

    DeployImages images(GoalContext context) {
        return new ImagesToDeploy(frontendImage, backendImages, codeAsDataImage, imageName, backends).find(context);
    }

    @Override
    void rehearse(DeployPlan plan, GoalContext context) {
        rehearseDeployment(plan, context);
    }

    @Override
    void run(DeployPlan all, GoalContext context) {
        ReactorDeployments deployments = new ReactorDeployments(session, lifecycle);
        if (deployments.passesOver(context)) {
            getLog().info(
                            "Skipping deploy: this module is deployed, and other modules are not yet. To deploy it again, run"
                                    + " 'mvn olympe:deploy -pl :" + project.getArtifactId() + "'.");
            return;
        }
        DeployPlan plan = foreseen(all, context);
        if (context.isNews(PushMojo.CODE_AS_DATA_HELD_BACK)) {
            boolean isHeldBack = isAuto() && (plan.isEmpty() || !plan.notes().isEmpty());
            (isHeldBack ? List.of(NOTHING_TO_IMPORT) : plan.notes()).forEach(getLog()::info);
        }
        if (plan.isEmpty()) {
            getLog().info(NO_OTHER_IMAGE);
            return;
        }
        deploy(
                plan,
                context,
                DeploymentRecord.Action.DEPLOY,
                null,
                sending -> deployments.whenAllImagesArePushed(context, sending));
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
