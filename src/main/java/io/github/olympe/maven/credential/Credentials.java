package io.github.olympe.maven.credential;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** Variables of CI systems and of npm's setup that hold secrets, which a command may print. */
    private static final Set<String> KNOWN_VARIABLES = Set.of(
            "CI_REGISTRY_PASSWORD",
            "CI_DEPLOY_PASSWORD",
            "CI_JOB_TOKEN",
            "GITHUB_TOKEN",
            "NODE_AUTH_TOKEN",
            "NPM_TOKEN",
            "SYSTEM_ACCESSTOKEN");

    /** Quotes end a URL in a line of text, as {@link SecretMask} finds it, but not in a variable, where they belong to the password. */
    private static final Pattern PASSWORD_OF_URL = Pattern.compile("(?i)https?://(?:[^\\s/?#@:]*:)?([^\\s/?#@]+)@");

    private static final Pattern DOCKER_AUTH =
            Pattern.compile("\"(auth|password|identitytoken|registrytoken)\"\\s*:\\s*\"([^\"]+)\"");

    /** A shorter value is no secret that a CI would hand out, and hiding it would spoil what is shown. */
    private static final int SHORTEST = 8;

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

    /**
     * Hides the secrets of an environment before anything asks for them, since commands may print it: those of {@link #OWN_VARIABLES} and
     * of CI systems, those of docker, and the passwords of URLs.
     */
    public static void hideVariables(Map<String, String> environment, SecretMask mask) {
        environment.forEach((name, value) -> {
            if (OWN_VARIABLES.contains(name) || KNOWN_VARIABLES.contains(name)) {
                hide(value.strip(), mask);
            }
            if (name.equals("DOCKER_AUTH_CONFIG")) {
                DOCKER_AUTH.matcher(value).results().forEach(match -> {
                    hide(match.group(2), mask);
                    if (match.group(1).equals("auth")) {
                        decoded(match.group(2)).ifPresent(login -> hide(login.substring(login.indexOf(':') + 1), mask));
                    }
                });
            }
            PASSWORD_OF_URL
                    .matcher(value)
                    .results()
                    .map(match -> match.group(1))
                    .forEach(secret -> {
                        hide(secret, mask);
                        unescaped(secret).ifPresent(plain -> hide(plain, mask));
                    });
        });
    }

    /** What Base64 stands for, absent where it is none. */
    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the user part of a URL stands for, absent where its escapes are none. */
    private static Optional<String> unescaped(String part) {
        try {
            return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void hide(String value, SecretMask mask) {
        if (value.length() >= SHORTEST) {
            mask.add(Secret.of(value));
        }
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
                .orElseThrow(() -> new OlympeException(String.format(
                        "The parameter '%s' names the server '%s', which settings.xml does not have; add a <server> with this <id>,"
                                + " or correct the parameter.",
                        parameter, id)));
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
