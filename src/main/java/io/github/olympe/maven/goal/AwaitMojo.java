package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.SentDeployment;
import io.github.olympe.maven.goal.bridge.FrontendImages;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.release.Awaited;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.await.AwaitClock;
import io.github.olympe.maven.release.await.AwaitPlan;
import io.github.olympe.maven.release.await.AwaitResult;
import io.github.olympe.maven.release.await.AwaitedFile;
import io.github.olympe.maven.release.await.AwaitedRecords;
import io.github.olympe.maven.release.await.FrontendFiles;
import io.github.olympe.maven.release.await.FrontendLayers;
import io.github.olympe.maven.release.await.HttpVisitor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Waits until the environment serves the deployed frontend. Does nothing unless {@code awaitUrl} is set.
 *
 * <p>It requests a small file of the frontend whose content differs from the previous frontend, with growing pauses. Every 15 seconds it
 * logs what it gets: still the old content, something else, an error, or no answer. In a build of several modules it waits for all of them
 * at the end, when everything is deployed.
 */
@Mojo(name = "await", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class AwaitMojo extends AwaitedMojo<AwaitPlan> {

    private static final String UNKNOWN_BEFORE = "It is not known what was deployed before. ";

    @Inject
    LifecycleExecutor lifecycle;

    AwaitClock clock = AwaitClock.system();

    @Override
    AwaitPlan plan(GoalContext context) {
        return awaitPlan(context);
    }

    @Override
    void rehearse(AwaitPlan plan, GoalContext context) {
        if (!plan.isEmpty()) {
            context.credentials().await(plan.serverId().orElse(null));
        }
    }

    @Override
    void run(AwaitPlan plan, GoalContext context) {
        if (dryRun) {
            context.inform(plan.describe());
            getLog().info("Dry run: the environment was not asked (olympe.dryRun).");
            return;
        }
        new ReactorDeployments(session, lifecycle).whenAllIsDeployed(context, () -> await(plan, context));
    }

    private void await(AwaitPlan plan, GoalContext context) {
        Optional<SentDeployment> sent =
                SentDeployment.read(deployFolder(context)).filter(SentDeployment::accepted);
        if (sent.isEmpty()) {
            getLog().info(
                            "Skipping await: nothing was deployed (there is no deploy/response.json of a deployment that was accepted).");
            return;
        }
        if (sent.get().frontend().isEmpty()) {
            getLog().info("Skipping await: the deployment has no frontend, and await can only check frontends.");
            return;
        }
        context.requireOnline("connect", plan.url().orElseThrow().uri().getHost());
        try (HttpVisitor visitor = visitor(plan, context);
                Registries registries = registries(context)) {
            Optional<Ledger> entries = entries(registries, context);
            AwaitedRecords records =
                    entries.map(found -> records(found, plan, sent.get())).orElse(AwaitedRecords.NONE);
            Optional<AwaitedFile> file = file(plan, sent.get(), records, images(registries, context), context);
            if (file.isEmpty()) {
                getLog().warn(
                                "Cannot tell whether '" + plan.url().get()
                                        + "' serves the frontend just deployed: none of its small files differs from what was served before.");
                return;
            }
            AwaitResult result = plan.run(file.get(), sent.get().isManual(), visitor, clock, getLog()::info);
            entries.ifPresent(found -> records.current().ifPresent(record -> note(found, record, result, context)));
            SessionReport.module(context).awaited(result.sentence());
            result.requireServed();
        }
    }

    private Optional<Ledger> entries(Registries registries, GoalContext context) {
        try {
            return ledgerLocation().map(repository -> ledger(registries, repository, context));
        } catch (OlympeException e) {
            getLog().warn(UNKNOWN_BEFORE + e.getMessage());
            return Optional.empty();
        }
    }

    private AwaitedRecords records(Ledger entries, AwaitPlan plan, SentDeployment sent) {
        try {
            return AwaitedRecords.find(
                    entries,
                    plan.environment().orElse(DeploymentRecord.ONLY),
                    sent.frontend().orElseThrow());
        } catch (OlympeException e) {
            getLog().warn(UNKNOWN_BEFORE + e.getMessage());
            return AwaitedRecords.NONE;
        }
    }

    private void note(Ledger entries, DeploymentRecord record, AwaitResult result, GoalContext context) {
        try {
            entries.append(
                    record.id(),
                    new Awaited(
                            !result.failed(),
                            Instant.now().toString(),
                            context.mask().mask(result.sentence())));
        } catch (OlympeException e) {
            getLog().warn("What await found is not recorded. " + e.getMessage());
        }
    }

    /**
     * Chooses the file to request. What was served before the deployment counts more than what the records say, unless the previous
     * frontend has that file too: then a maintenance page or an error was served in its place.
     */
    private Optional<AwaitedFile> file(
            AwaitPlan plan, SentDeployment sent, AwaitedRecords records, FrontendImages images, GoalContext context) {
        Optional<Optional<AwaitedFile>> looked = chosenBefore();
        if (looked.isPresent()
                && (looked.get().isEmpty() || records.frontendBefore().isEmpty())) {
            return looked.get();
        }
        FrontendLayers now = images.deployed(sent.frontend().orElseThrow(), context.outputDirectory());
        if (records.frontendBefore().isPresent()) {
            try {
                FrontendLayers before =
                        images.inRegistry(records.frontendBefore().get());
                FrontendFiles files = FrontendFiles.of(before, plan.root(), now.digests());
                FrontendFiles own = FrontendFiles.of(now, plan.root(), before.digests());
                Optional<AwaitedFile> seen = looked.flatMap(Function.identity());
                return seen.filter(file -> file.tellsApart(own, files))
                        .map(file -> file.named(files, records.nameOfBefore()))
                        .or(() -> plan.chooseByContent(own, files, records.nameOfBefore()))
                        .or(() -> seen);
            } catch (OlympeException e) {
                getLog().warn("It is not known what the frontend before served. " + e.getMessage());
            }
        }
        return looked.orElseGet(() -> plan.chooseByName(FrontendFiles.of(now, plan.root(), Set.of())));
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
