package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.bridge.ImageStates;
import io.github.olympe.maven.goal.bridge.RunningStates;
import io.github.olympe.maven.goal.log.MavenImageLog;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.RepositoryNames;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RetryPolicy;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.text.InvalidParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that use a registry. */
abstract class RegistryMojo<P extends Plan> extends ImagesMojo<P> {

    /**
     * The registry to push images to, with the path before their names: {@code registry.example.com/acme}. Without one, {@code image}
     * writes a tar of each image for {@code docker load}, and {@code push} fails.
     */
    @Parameter(property = "olympe.registry")
    @Nullable String registry;

    /**
     * The registries that may use plain HTTP, or an untrusted or self-signed certificate: hosts, with their ports if they have one,
     * separated by commas. {@code true} stands for the host of the parameter {@code registry}. Plain HTTP is always allowed on loopback
     * hosts.
     */
    @Parameter(property = "olympe.allowInsecureRegistries", defaultValue = "false")
    String allowInsecureRegistries;

    /**
     * The server of {@code settings.xml} with the user and password of the registry. Default: the server whose id is the registry's host,
     * else docker's configuration and credential helpers.
     */
    @Parameter(property = "olympe.registryServerId")
    @Nullable String registryServerId;

    /** Whether to keep and read records of deployments, in the repository {@code <registry>/<imageName>-deployments}. */
    @Parameter(property = "olympe.ledger", defaultValue = "true")
    boolean ledger;

    /** Returns the names of images in the registry. */
    final RepositoryNames names() {
        RepositoryNames names = RepositoryNames.in(registry);
        insecure(names); // Making the plan reports a mistake in it.
        return names;
    }

    /**
     * Returns the repository in which this project's deployments are recorded, absent without a registry or if {@code ledger} is off.
     *
     * @throws OlympeException if {@code registry} or {@code imageName} does not give a valid repository
     */
    final Optional<ImageReference> ledgerLocation() {
        RepositoryNames names = names();
        return names.registry()
                .filter(prefix -> ledger)
                .map(prefix -> ImageReference.ofRepository("imageName", names.repository(imageName + Ledger.SUFFIX)));
    }

    /**
     * Returns the repository in which this project's deployments are recorded, for a goal that needs the records.
     *
     * @throws OlympeException if there is none
     */
    final ImageReference requireLedger() {
        if (!ledger) {
            throw InvalidParameter.of(
                    "ledger (olympe.ledger)", false, "This goal needs the records of deployments. Set it to true.");
        }
        return ledgerLocation()
                .orElseThrow(() -> InvalidParameter.missing(
                        "registry (olympe.registry)", "Set it to the registry that has the records of deployments."));
    }

    /** Returns the records of deployments in a repository. A broken one is reported once in a build, however many goals read it. */
    final Ledger ledger(Registries registries, ImageReference repository, GoalContext context) {
        return new Ledger(registries, repository, line -> context.warn(List.of(line)));
    }

    /**
     * Logs what the environment of this build will import. The result is absent if that is unknown.
     *
     * @param next the code as data that it will get
     */
    final Optional<Forecast> foresee(
            Registries registries, GoalContext context, Function<ImageStates, FoundState> next) {
        Optional<String> about = environments().about(context.build());
        if (about.isEmpty() || context.offline()) {
            return Optional.empty();
        }
        try (ImageStates images = imageStates(registries, context)) {
            Optional<ImageReference> repository = ledgerLocation();
            if (repository.isEmpty()) {
                return Optional.empty();
            }
            Ledger records = ledger(registries, repository.get(), context);
            Optional<Forecast> forecast =
                    new RunningStates(records, List.of(), images).forecast(about.get(), next.apply(images));
            forecast.ifPresent(found -> {
                SessionReport.module(context).foreseen(found);
                context.inform(found.lines());
            });
            return forecast;
        } catch (OlympeException e) {
            getLog().warn("It is not known what the environment will import. " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether the environment will import something. It is also true if that is unknown, which is logged. */
    final boolean isImported(Registries registries, GoalContext context, Function<ImageStates, FoundState> next) {
        Optional<Forecast> forecast = foresee(registries, context, next);
        if (forecast.isEmpty()) {
            String reason =
                    context.offline() ? "Maven is offline (-o), so no record says" : "No record says for certain";
            context.inform(List.of(reason
                    + " which code as data the environment runs; it is deployed (olympe.codeAsData.deploy is auto)."));
        }
        return forecast.map(found -> !found.isEmpty()).orElse(true);
    }

    /** Returns the images of registries and of this build as states to compare. */
    final ImageStates imageStates(Registries registries, GoalContext context) {
        return new ImageStates(
                parameter -> registries.images(context.imageCache().baseImages(), context.offline(), parameter),
                CodeAsData.target(codeAsData),
                context.outputDirectory().resolve("diff"));
    }

    private InsecureRegistries insecure(RepositoryNames names) {
        return InsecureRegistries.of(allowInsecureRegistries, names.host());
    }

    /** Returns the registries, used with this build's credentials and proxies. */
    final Registries registries(GoalContext context) {
        return registries(context, imageLog(), HttpTimeouts.standard(), RetryPolicy.standard());
    }

    /** The registries for questions that need no answer: each is asked once and not waited for long, and whatever fails is a debug line. */
    final Registries registriesInPassing(GoalContext context) {
        return registries(
                context,
                imageLog().quiet(),
                new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Optional.empty()),
                RetryPolicy.standard().withAttempts(1));
    }

    private Registries registries(GoalContext context, ImageLog log, HttpTimeouts timeouts, RetryPolicy retries) {
        RepositoryNames names = names();
        return Registries.open(
                new RegistryCredentials(
                        context.credentials(), registryServerId, names.host(), context.environment(), log),
                context.proxies(),
                insecure(names),
                timeouts,
                retries,
                log);
    }

    final ImageLog imageLog() {
        return new MavenImageLog(getLog());
    }
}
