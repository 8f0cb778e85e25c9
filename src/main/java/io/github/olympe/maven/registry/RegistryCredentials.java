package io.github.olympe.maven.registry;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.text.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What opens a registry, first found: the server of {@code settings.xml} that {@code registryServerId} names (for the registry that images
 * are pushed to), a server whose id is the registry's host, the docker configuration with its credential helpers, and, in a GitLab CI job
 * whose own registry it is, {@code CI_REGISTRY_USER} and {@code CI_REGISTRY_PASSWORD}. Looked up only when a registry asks for it.
 */
public final class RegistryCredentials {

    private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(60);

    private final Credentials credentials;
    private final @Nullable String serverId;
    private final String serverIdHost;
    private final Map<String, String> environment;
    private final DockerConfiguration docker;
    private final Map<String, Optional<Credential>> found = new ConcurrentHashMap<>();

    /**
     * The credentials of a build.
     *
     * @param credentials the servers of {@code settings.xml}
     * @param registryServerId the parameter of that name, {@code null} where it is not set
     * @param registry the host (with port) of the registry that images are pushed to, which that parameter is about
     * @param environment the environment's variables
     * @param log is told what is wrong with a docker configuration
     */
    public RegistryCredentials(
            Credentials credentials,
            @Nullable String registryServerId,
            String registry,
            Map<String, String> environment,
            ImageLog log) {
        this.credentials = credentials;
        this.serverId = registryServerId;
        this.serverIdHost = registry;
        this.environment = Map.copyOf(environment);
        this.docker = new DockerConfiguration(environment, HELPER_TIMEOUT, log::warn);
    }

    SecretMask mask() {
        return credentials.mask();
    }

    /**
     * What opens this registry.
     *
     * @throws io.github.olympe.maven.OlympeException if a place where it may be cannot be read
     */
    public Optional<Credential> find(String registry) {
        return found.computeIfAbsent(registry, this::lookUp);
    }

    /** Where {@link #find} looks, for a sentence: "…, … and …". */
    public String places(String registry) {
        String servers = DockerConfiguration.aliases(registry).stream()
                .map(id -> "'" + id + "'")
                .collect(Collectors.joining(" or "));
        String named = serverId == null || serverId.isBlank() || !registry.equals(serverIdHost)
                ? ""
                : "'" + serverId + "' or ";
        return "a server " + named + servers + " in settings.xml, and the docker configuration " + docker.dockerFile();
    }

    /**
     * Where was looked in vain for what opens the registry that images are pushed to, as a sentence; empty where something was found, and
     * for a registry on this machine, which often lets everyone in.
     *
     * @throws io.github.olympe.maven.OlympeException as {@link #find(String)}
     */
    public Optional<String> lack() {
        boolean open = serverIdHost.isEmpty() || Loopback.is(serverIdHost.replaceFirst(":[0-9]+$", ""));
        return open || find(serverIdHost).isPresent()
                ? Optional.empty()
                : Optional.of("There are no credentials for the registry '" + serverIdHost + "': neither in "
                        + places(serverIdHost).replace(" in settings.xml, and ", " of settings.xml nor in ") + ".");
    }

    private Optional<Credential> lookUp(String registry) {
        String named = registry.equals(serverIdHost) ? serverId : null;
        Optional<Credential> credential = credentials.registry(named, registry);
        for (String alias : DockerConfiguration.aliases(registry)) {
            credential = credential.or(() -> credentials.registry(null, alias));
        }
        return credential
                .or(() -> docker.find(registry).map(this::hide))
                .or(() -> gitLab(registry).map(this::hide));
    }

    private Optional<Credential> gitLab(String registry) {
        List<Optional<String>> variables =
                List.of(variable("CI_REGISTRY"), variable("CI_REGISTRY_USER"), variable("CI_REGISTRY_PASSWORD"));
        return variables
                .get(0)
                .filter(registry::equals)
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
