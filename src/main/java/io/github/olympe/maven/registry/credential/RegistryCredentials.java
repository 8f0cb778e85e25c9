package io.github.olympe.maven.registry.credential;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential for a registry. It takes the first of: the server of {@code settings.xml} that {@code registryServerId} names (for
 * the registry that images are pushed to), a server whose id is the registry's host, the docker configuration with its credential helpers,
 * and, for the own registry of a GitLab CI job, {@code CI_REGISTRY_USER} and {@code CI_REGISTRY_PASSWORD}. It looks only when a registry
 * asks for a credential.
 */
public final class RegistryCredentials {

    private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(60);

    private final Credentials credentials;
    private final Optional<String> serverId;
    private final String serverIdHost;
    private final Map<String, String> environment;
    private final DockerConfiguration docker;
    private final Consumer<String> warnings;
    private final Map<String, Optional<Credential>> found = new ConcurrentHashMap<>();
    private final Map<String, Optional<Credential>> servers = new ConcurrentHashMap<>();

    /**
     * Creates the look-up for a build.
     *
     * @param credentials the servers of {@code settings.xml}
     * @param registryServerId the parameter of that name, {@code null} if it is not set
     * @param registry the host (with port) of the registry that images are pushed to, for which that parameter counts
     * @param environment the environment's variables
     * @param log receives what is wrong with a docker configuration
     */
    public RegistryCredentials(
            Credentials credentials,
            @Nullable String registryServerId,
            String registry,
            Map<String, String> environment,
            ImageLog log) {
        this.credentials = credentials;
        this.serverId = Optional.ofNullable(registryServerId).filter(id -> !id.isBlank());
        this.serverIdHost = registry;
        this.environment = Map.copyOf(environment);
        this.warnings = log::warn;
        this.docker = new DockerConfiguration(environment, HELPER_TIMEOUT, log::warn);
    }

    /** Returns the mask that hides credentials and the tokens that were fetched with them. */
    public SecretMask mask() {
        return credentials.mask();
    }

    /**
     * Finds the credential for a repository.
     *
     * @param registry host with port, {@code docker.io} for Docker Hub
     * @param repository the path in the registry
     * @throws io.github.olympe.maven.OlympeException if a place that may hold it cannot be read
     */
    public Optional<Credential> find(String registry, String repository) {
        return found.computeIfAbsent(registry + "/" + repository, key -> lookUp(registry, repository));
    }

    /**
     * Returns whether a credential is an identity token of {@code docker login}, with which other tokens are fetched, and not a password.
     */
    public static boolean isIdentityToken(Credential credential) {
        return credential.username().isEmpty()
                || credential.username().get().equals(DockerConfiguration.IDENTITY_TOKEN_USER);
    }

    /** Lists the places where {@link #find} looks, for use in a sentence: "…, … and …". */
    public String places(String registry) {
        List<String> ids = new ArrayList<>();
        named(registry).ifPresent(ids::add);
        ids.addAll(DockerConfiguration.aliases(registry));
        String servers = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(" or "));
        return "a server " + servers + " in settings.xml, and the docker configuration " + docker.dockerFile();
    }

    /**
     * Says how to configure the credential of a registry, as a continuation of "add".
     *
     * @param own whether it is the registry of the project's images
     */
    public static String wayToAdd(String registry, boolean own) {
        return "a <server> with <id>" + registry + "</id>, <username> and <password> to settings.xml"
                + (own ? " (or name another id in registryServerId, olympe.registryServerId)" : "")
                + ", or run 'docker login"
                + (registry.equals(ImageReference.DOCKER_HUB) ? "" : " " + registry) + "'";
    }

    /**
     * Says in a sentence that there are no credentials to push to this repository, and where the plugin looked for them. The result is
     * empty if there are some, or if the registry is on this machine and so may need none.
     *
     * @throws io.github.olympe.maven.OlympeException as {@link #find(String, String)}
     */
    public Optional<String> missing(ImageReference target) {
        String registry = target.registry();
        boolean open = Loopback.is(ImageReference.withoutPort(registry));
        return open || find(registry, target.repository()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "No credentials for the registry '" + registry + "' were found in " + places(registry) + ".");
    }

    private Optional<Credential> lookUp(String registry, String repository) {
        return servers.computeIfAbsent(registry, this::server)
                .or(() -> docker.find(registry, repository).map(this::hide))
                .or(() -> gitLab(registry).map(this::hide));
    }

    private Optional<String> named(String registry) {
        return serverId.filter(id -> DockerConfiguration.withoutDefaultPort(registry)
                .equals(DockerConfiguration.withoutDefaultPort(serverIdHost)));
    }

    /**
     * Returns the server of settings.xml. One that refers to a variable without a value is skipped, because there may be another
     * credential.
     */
    private Optional<Credential> server(String registry) {
        Optional<Credential> credential = named(registry).flatMap(id -> credentials.registry(id, registry));
        for (String id : ids(registry)) {
            credential = credential.or(() -> credentials.registry(null, id));
        }
        Optional<String> missing = credential.flatMap(Credential::missingVariable);
        if (missing.isEmpty()) {
            return credential;
        }
        warnings.accept("The " + credential.get().source() + " refers to the environment variable '" + missing.get()
                + "', which is not set. Set it; until then the docker configuration is used for the registry '"
                + registry + "'.");
        return Optional.empty();
    }

    /** Returns the possible ids of a server of settings.xml: the host as in the reference, and with or without the default port. */
    private static List<String> ids(String registry) {
        List<String> ids = new ArrayList<>(DockerConfiguration.aliases(registry));
        if (registry.endsWith(":443")) {
            ids.add(ImageReference.withoutPort(registry));
        } else if (ImageReference.withoutPort(registry).equals(registry)) {
            ids.add(registry + ":443");
        }
        return ids;
    }

    private Optional<Credential> gitLab(String registry) {
        List<Optional<String>> variables =
                List.of(variable("CI_REGISTRY"), variable("CI_REGISTRY_USER"), variable("CI_REGISTRY_PASSWORD"));
        return variables
                .get(0)
                .filter(registry::equalsIgnoreCase)
                .filter(host -> variables.get(1).isPresent())
                .flatMap(host -> variables.get(2))
                .map(password -> Credential.ofUser(
                        "CI_REGISTRY_USER and CI_REGISTRY_PASSWORD",
                        variables.get(1).orElseThrow(),
                        Secret.of(password)));
    }

    private Credential hide(Credential credential) {
        credential.secret().ifPresent(secret -> {
            credentials.hide(secret);
            credential.username().ifPresent(user -> mask().addBasic(user, secret));
        });
        return credential;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
