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
 * Looks up every credential: first in the server of {@code settings.xml} that a parameter names, then in the environment. From then on its
 * {@link SecretMask} hides what it returned. (For registries there is a third place, the docker configuration with its credential helpers.
 * It is read where images are pushed.)
 */
public final class Credentials {

    /** The variables that only this class reads: no command that a project runs needs them. */
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

    /** Returns the mask, which knows every secret returned so far. */
    public SecretMask mask() {
        return mask;
    }

    /**
     * Returns the bearer token of the deploy webhook, from the server, {@code OLYMPE_DEPLOY_TOKEN} or {@code WEBHOOK_TOKEN}, in this order.
     */
    public Optional<Credential> deployToken(@Nullable String serverId) {
        return server("deployServerId", serverId)
                .or(() -> token("OLYMPE_DEPLOY_TOKEN"))
                .or(() -> token("WEBHOOK_TOKEN"));
    }

    /** Returns the credential for the URL that the goal {@code await} requests, from the server that {@code awaitServerId} names. */
    public Optional<Credential> await(@Nullable String serverId) {
        return server("awaitServerId", serverId);
    }

    /** Returns the user and password of the Draw environment, from the server or else {@code DRAW_USERNAME} and {@code DRAW_PASSWORD}. */
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

    /** Returns the credential for the git server of a snapshot, from the server or else {@code OLYMPE_GIT_TOKEN}. */
    public Optional<Credential> git(@Nullable String serverId) {
        return server("gitServerId", serverId).or(() -> token("OLYMPE_GIT_TOKEN"));
    }

    /** Returns the credential for the npm registry, from the server that {@code npmServerId} names. npm itself reads {@code .npmrc}. */
    public Optional<Credential> npm(@Nullable String serverId) {
        return server("npmServerId", serverId);
    }

    /** Returns the credential for the server that Node.js is downloaded from. */
    public Optional<Credential> nodeDownload(@Nullable String serverId) {
        return server("nodeServerId", serverId);
    }

    /**
     * Returns the credential for an image registry, from the server that {@code registryServerId} names, or else from one whose id is the
     * registry's host (and port, if it has one), as Jib's users configure it. It may refer to an environment variable that is not set.
     */
    public Optional<Credential> registry(@Nullable String serverId, String host) {
        Optional<Credential> named = serverId == null || serverId.isBlank()
                ? Optional.empty()
                : Optional.of(named("registryServerId", serverId));
        return named.or(() -> servers.find(host))
                .map(credential -> credential.missingVariable().isPresent() ? credential : hide(credential));
    }

    /** Hides every secret in {@code settings.xml} and the environment before anything asks for them, because commands may print them. */
    public void hideAll() {
        for (Credential credential : servers.all()) {
            if (credential.missingVariable().isEmpty()) {
                hide(credential);
            } else {
                // A reference without a value is not a secret, but the text next to it may be one.
                Stream.of(credential.secret(), credential.passphrase())
                        .flatMap(Optional::stream)
                        .filter(secret -> !secret.reveal().contains("${env."))
                        .forEach(mask::add);
            }
        }
        EnvironmentSecrets.hide(environment, mask);
    }

    /** Hides a secret that comes from somewhere else, such as the token in a repository's URL. */
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
                                "settings.xml has no server with this id. Add a <server> with this <id>, or correct the parameter."));
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
