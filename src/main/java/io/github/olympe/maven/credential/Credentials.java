package io.github.olympe.maven.credential;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where every credential is looked up: first the server of {@code settings.xml} that a parameter names, then the environment. All that
 * it hands out is hidden by its {@link SecretMask} from then on. (Registries have a third place, the docker configuration and its
 * credential helpers, which is read where images are pushed.)
 */
public final class Credentials {

    /** The variables that are read here, and nowhere else: no command that a project runs has a use for them. */
    public static final Set<String> OWN_VARIABLES =
            Set.of("OLYMPE_DEPLOY_TOKEN", "WEBHOOK_TOKEN", "DRAW_PASSWORD", "OLYMPE_GIT_TOKEN");

    private final Servers servers;
    private final Map<String, String> environment;
    private final SecretMask mask;

    public Credentials(Servers servers, Map<String, String> environment, SecretMask mask) {
        this.servers = servers;
        this.environment = Map.copyOf(environment);
        this.mask = mask;
    }

    /** The mask that knows every secret handed out so far. */
    public SecretMask mask() {
        return mask;
    }

    /** The bearer token of the deploy webhook: the server, else {@code OLYMPE_DEPLOY_TOKEN}, else {@code WEBHOOK_TOKEN}. */
    public Optional<Credential> deployToken(@Nullable String serverId) {
        return server("deployServerId", serverId)
                .or(() -> token("OLYMPE_DEPLOY_TOKEN"))
                .or(() -> token("WEBHOOK_TOKEN"));
    }

    /** What opens the URL that the goal {@code await} asks: the server that {@code awaitServerId} names. */
    public Optional<Credential> await(@Nullable String serverId) {
        return server("awaitServerId", serverId);
    }

    /** The user and password of the Draw environment: the server, else {@code DRAW_USERNAME} and {@code DRAW_PASSWORD}. */
    public Optional<Credential> orchestrator(@Nullable String serverId) {
        return server("orchestratorServerId", serverId)
                .or(() -> variable("DRAW_PASSWORD")
                        .map(password -> hide(new Credential(
                                "DRAW_PASSWORD",
                                variable("DRAW_USERNAME"),
                                Optional.of(Secret.of(password)),
                                Optional.empty(),
                                Optional.empty()))));
    }

    /** What opens the git server of a snapshot: the server, else {@code OLYMPE_GIT_TOKEN}. */
    public Optional<Credential> git(@Nullable String serverId) {
        return server("gitServerId", serverId).or(() -> token("OLYMPE_GIT_TOKEN"));
    }

    /** What opens the npm registry: the server that {@code npmServerId} names; npm itself reads {@code .npmrc}. */
    public Optional<Credential> npm(@Nullable String serverId) {
        return server("npmServerId", serverId);
    }

    /** What opens the server that Node.js is downloaded from. */
    public Optional<Credential> nodeDownload(@Nullable String serverId) {
        return server("nodeServerId", serverId);
    }

    /**
     * What opens an image registry: the server that {@code registryServerId} names, else one whose id is the registry's host (with its
     * port, where it has one), as Jib's users have it. It may refer to an environment variable that is not set.
     */
    public Optional<Credential> registry(@Nullable String serverId, String host) {
        Optional<Credential> named = serverId == null || serverId.isBlank()
                ? Optional.empty()
                : Optional.of(named("registryServerId", serverId));
        return named.or(() -> servers.find(host))
                .map(credential -> credential.missingVariable().isPresent() ? credential : hide(credential));
    }

    /** Hides every secret that {@code settings.xml} and the environment hold, before anything asks for them: commands may print them. */
    public void hideAll() {
        for (Credential credential : servers.all()) {
            if (credential.missingVariable().isEmpty()) {
                hide(credential);
            } else {
                // What has no value is no secret; what stands beside it may be one.
                Stream.of(credential.secret(), credential.passphrase())
                        .flatMap(Optional::stream)
                        .filter(secret -> !secret.reveal().contains("${env."))
                        .forEach(mask::add);
            }
        }
        EnvironmentSecrets.hide(environment, mask);
    }

    /** Hides a secret that came in some other way, such as the token in a repository's URL. */
    public Secret hide(Secret secret) {
        mask.add(secret);
        return secret;
    }

    private Optional<Credential> server(String parameter, @Nullable String id) {
        if (id == null || id.isBlank()) {
            return Optional.empty();
        }
        Credential credential = named(parameter, id);
        credential.missingVariable().ifPresent(variable -> {
            throw new OlympeException(String.format(
                    "The %s, which the parameter '%s' names, refers to the environment variable '%s', which is not set. Set it, or"
                            + " write the value into settings.xml.",
                    credential.source(), parameter, variable));
        });
        return Optional.of(hide(credential));
    }

    private Credential named(String parameter, String id) {
        return servers.find(id)
                .orElseThrow(
                        () -> InvalidParameter.of(
                                parameter,
                                id,
                                "settings.xml has no server of this name. Add a <server> with this <id>, or correct the parameter."));
    }

    private Optional<Credential> token(String name) {
        return variable(name).map(value -> hide(Credential.ofToken(name, Secret.of(value))));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Credential hide(Credential credential) {
        credential.secret().ifPresent(mask::add);
        credential.passphrase().ifPresent(mask::add);
        if (credential.username().isPresent() && credential.secret().isPresent()) {
            mask.addBasic(credential.username().get(), credential.secret().get());
        }
        return credential;
    }
}
