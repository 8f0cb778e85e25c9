package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.deploy.SentDeployment;
import io.github.olympe.maven.goal.bridge.FrontendImages;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionData;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.release.await.AwaitPlan;
import io.github.olympe.maven.release.await.AwaitSettings;
import io.github.olympe.maven.release.await.AwaitedFile;
import io.github.olympe.maven.release.await.FrontendFiles;
import io.github.olympe.maven.release.await.FrontendLayers;
import io.github.olympe.maven.release.await.HttpVisitor;
import io.github.olympe.maven.text.Seconds;
import io.github.olympe.maven.text.Texts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the goals that deploy to an environment or wait for it. A goal that deploys looks first at what the environment serves,
 * so that {@code await} can tell the new frontend from the old one.
 */
abstract class AwaitedMojo<P extends Plan> extends RegistryMojo<P> {

    /**
     * The URL at which the environment serves its frontend. The goal {@code await} waits until it serves the deployed one. The
     * {@code <awaitUrl>} of an {@code <environment>} wins over this parameter. Example: {@code https://shop.example.com/}.
     */
    @Parameter(property = "olympe.await.url")
    @Nullable String awaitUrl;

    /**
     * The file of the frontend to request, such as {@code index.html}. Default: a small file whose content differs from the previously
     * deployed frontend.
     */
    @Parameter(property = "olympe.await.file")
    @Nullable String awaitFile;

    /** The longest time that {@code await} waits, in seconds. */
    @Parameter(property = "olympe.await.timeout", defaultValue = "600")
    int awaitTimeout;

    /**
     * The id of the server of {@code settings.xml} with the credential for {@code awaitUrl}. A password alone is sent as a bearer token, a
     * user with a password by basic authentication.
     */
    @Parameter(property = "olympe.await.serverId")
    @Nullable String awaitServerId;

    /** The frontend's image; its {@code target} is the folder that nginx serves. */
    @Parameter
    @Nullable Frontend frontend;

    /** The files that were chosen before deployments of this build, by module; absent if none differs. */
    private static final class Chosen extends ConcurrentHashMap<String, Optional<AwaitedFile>> {
        private static final long serialVersionUID = 1L;
    }

    final AwaitPlan awaitPlan(GoalContext context) {
        Environments all = environments();
        return AwaitPlan.of(
                new AwaitSettings(
                        Texts.of(awaitUrl),
                        all.awaitUrls(),
                        all.branches(),
                        Texts.of(awaitFile),
                        Seconds.of("awaitTimeout", "olympe.await.timeout", awaitTimeout),
                        Texts.of(awaitServerId),
                        Frontend.served(frontend),
                        mojoExecution.getGoal().equals("await")
                                && mojoExecution.getSource() == MojoExecution.Source.CLI),
                context.build());
    }

    /**
     * Chooses the file to wait for by looking at what the environment serves before the deployment. Failures here never stop the
     * deployment.
     */
    final void lookBeforeDeployment(GoalContext context) {
        AwaitPlan plan = awaitPlan(context);
        Optional<SentDeployment> deployment = SentDeployment.read(deployFolder(context));
        if (plan.isEmpty() || deployment.flatMap(SentDeployment::frontend).isEmpty()) {
            return;
        }
        try (HttpVisitor visitor = visitor(plan, context);
                Registries registries = registries(context)) {
            FrontendLayers layers = images(registries, context)
                    .deployed(deployment.get().frontend().get(), context.outputDirectory());
            FrontendFiles files = FrontendFiles.of(layers, plan.root(), Set.of());
            chosen().put(project.getId(), plan.lookBefore(files, visitor));
        } catch (OlympeException e) {
            getLog().warn("What '" + plan.url().get() + "' serves is not known before the deployment: "
                    + e.getMessage());
        }
    }

    /** Returns the file that was chosen before the deployment of this module, absent if nothing was requested. */
    final Optional<Optional<AwaitedFile>> chosenBefore() {
        return Optional.ofNullable(chosen().get(project.getId()));
    }

    private Chosen chosen() {
        return SessionData.of(session, Chosen.class, Chosen::new);
    }

    static FrontendImages images(Registries registries, GoalContext context) {
        return new FrontendImages(
                host -> registries.baseImages(context.imageCache().baseImages(), context.isCutOff(host)));
    }

    final HttpVisitor visitor(AwaitPlan plan, GoalContext context) {
        return new HttpVisitor(
                context.proxies(),
                context.userAgent(),
                context.credentials().await(plan.serverId().orElse(null)),
                plan.timeout());
    }

    static Path deployFolder(GoalContext context) {
        return context.outputDirectory().resolve("deploy");
    }
}
