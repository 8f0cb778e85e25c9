package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.log.MavenImageLog;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.RepositoryNames;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.release.Ledger;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that talk to a registry. */
abstract class RegistryMojo<P extends Plan> extends ImagesMojo<P> {

    /**
     * The registry that images are pushed to, with the path that comes before their names: {@code registry.example.com/acme}. Without
     * one, {@code image} writes a tar of each image for {@code docker load}, and {@code push} fails.
     */
    @Parameter(property = "olympe.registry")
    @Nullable String registry;

    /**
     * The registries that may be spoken to by plain HTTP, or with an untrusted or self-signed certificate: hosts with their ports where
     * they have one, separated by commas. {@code true} stands for the host of the parameter {@code registry}. Loopback hosts may always
     * speak plain HTTP.
     */
    @Parameter(property = "olympe.allowInsecureRegistries", defaultValue = "false")
    String allowInsecureRegistries;

    /**
     * The server of {@code settings.xml} that has the user and password of the registry. Default: the server whose id is the registry's
     * host, else docker's configuration and credential helpers.
     */
    @Parameter(property = "olympe.registryServerId")
    @Nullable String registryServerId;

    /** What images are called in the registry. */
    final RepositoryNames names() {
        RepositoryNames names = RepositoryNames.in(registry);
        insecure(names); // A mistake in it is found where the plan is made.
        return names;
    }

    /**
     * Where the deployments of this project are recorded, absent where there is no registry.
     *
     * @throws io.github.olympe.maven.OlympeException if a registry or a repository cannot be called so
     */
    final Optional<ImageReference> ledgerLocation() {
        RepositoryNames names = names();
        return names.registry()
                .map(prefix -> ImageReference.ofRepository("imageName", names.repository(imageName + Ledger.SUFFIX)));
    }

    private InsecureRegistries insecure(RepositoryNames names) {
        return InsecureRegistries.of(allowInsecureRegistries, names.host());
    }

    /** The registries, opened with this build's credentials and proxies. */
    final Registries registries(GoalContext context) {
        RepositoryNames names = names();
        ImageLog log = imageLog();
        return Registries.open(
                new RegistryCredentials(
                        context.credentials(), registryServerId, names.host(), context.environment(), log),
                context.proxies(),
                insecure(names),
                log);
    }

    final ImageLog imageLog() {
        return new MavenImageLog(getLog());
    }
}
