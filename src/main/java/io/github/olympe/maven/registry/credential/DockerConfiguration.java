package io.github.olympe.maven.registry.credential;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code docker login} and {@code podman login} write: first the text in {@code $DOCKER_AUTH_CONFIG}, which GitLab runners set,
 * then the {@link AuthFiles}. Each has {@code auths}, credential helpers ({@code credHelpers}) and a credential store ({@code credsStore}).
 */
public final class DockerConfiguration {

    /** Docker's user name for an identity token in place of a password. */
    static final String IDENTITY_TOKEN_USER = "<token>";

    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";
    private static final Pattern URL_KEY = Pattern.compile("(?i)https?://([^/]*).*");
    private static final Pattern KEY_ENDING = Pattern.compile("/(?:v[12]/?)?$");
    private static final Pattern PADDING = Pattern.compile("\\x00+$");
    private static final Path RUN = Path.of("/run");

    /** The largest size of a configuration. */
    public static final int LARGEST_MEBIBYTES = 10;

    private final Map<String, String> environment;
    private final AuthFiles files;
    private final CredentialHelpers helpers;
    private final Map<List<String>, Optional<Credential>> answers = new HashMap<>();
    private @Nullable Map<String, DockerFile> configurations;

    public DockerConfiguration(Map<String, String> environment, Duration helperTimeout, Consumer<String> warnings) {
        this(environment, RUN, helperTimeout, warnings);
    }

    DockerConfiguration(Map<String, String> environment, Path run, Duration helperTimeout, Consumer<String> warnings) {
        this.environment = Map.copyOf(environment);
        this.files = new AuthFiles(this.environment, run);
        this.helpers = new CredentialHelpers(environment, helperTimeout, warnings);
    }

    /**
     * Finds the credential for a repository.
     *
     * @param registry host with port, {@code docker.io} for Docker Hub
     * @param repository the path; keys of the configuration may cover only a part of a registry
     * @throws OlympeException if a configuration cannot be read
     */
    public synchronized Optional<Credential> find(String registry, String repository) {
        if (configurations == null) {
            configurations = configurations();
        }
        for (Map.Entry<String, DockerFile> configuration : configurations.entrySet()) {
            Optional<Credential> credential =
                    find(configuration.getKey(), configuration.getValue(), registry, repository);
            if (credential.isPresent()) {
                return credential;
            }
        }
        return Optional.empty();
    }

    /** Returns the files that {@code docker login} and {@code podman login} wrote on this machine. */
    public static List<Path> files(Map<String, String> environment) {
        return new AuthFiles(environment, RUN).present();
    }

    /** Returns the file that docker itself reads. */
    Path dockerFile() {
        return files.docker();
    }

    private Map<String, DockerFile> configurations() {
        Map<String, DockerFile> configurations = new LinkedHashMap<>();
        Optional.ofNullable(environment.get("DOCKER_AUTH_CONFIG"))
                .filter(text -> !text.isBlank())
                .ifPresent(text -> {
                    try {
                        configurations.put(
                                "the variable DOCKER_AUTH_CONFIG",
                                Json.value(ForeignText.json(text), DockerFile.class));
                    } catch (IOException e) {
                        throw new OlympeException("The variable DOCKER_AUTH_CONFIG does not hold JSON ("
                                + e.getMessage() + "); it must be the text of a docker configuration,"
                                + " {\"auths\": {…}}.");
                    }
                });
        files.present().forEach(file -> configurations.put(file.toString(), read(file)));
        return configurations;
    }

    private static DockerFile read(Path file) {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES, DockerFile.class);
        } catch (IOException e) {
            throw new OlympeException("The docker configuration '" + file + "' cannot be read as JSON ("
                    + e.getMessage() + "); correct it, or remove it and run 'docker login' again.");
        }
    }

    private Optional<Credential> find(String place, DockerFile configuration, String registry, String repository) {
        String server = registry.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_SERVER : registry;
        return helper(configuration, registry)
                .flatMap(helper -> answers.computeIfAbsent(
                        List.of(place, helper, server), key -> helpers.ask(place, helper, server)))
                .or(() -> entry(configuration.auths(), names(registry, repository))
                        .flatMap(DockerFile.Auth::of)
                        .flatMap(auth -> auth(place, auth)));
    }

    private static Optional<String> helper(DockerFile configuration, String registry) {
        return entry(configuration.credHelpers(), aliases(registry))
                .or(() -> Optional.of(configuration.credsStore()))
                .filter(name -> !name.isEmpty());
    }

    private static Optional<Credential> auth(String place, DockerFile.Auth auth) {
        String identityToken = auth.identitytoken();
        if (!identityToken.isEmpty()) {
            return Optional.of(Credential.ofUser(place, IDENTITY_TOKEN_USER, Secret.of(identityToken)));
        }
        String username = auth.username();
        String password = auth.password();
        String encoded = auth.auth();
        if (!encoded.isEmpty()) {
            String decoded;
            try {
                decoded = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
                // Some tools pad the text with zero bytes; docker ignores them.
                decoded = PADDING.matcher(decoded).replaceFirst("");
            } catch (IllegalArgumentException e) {
                throw new OlympeException("An 'auth' of " + place + " is not Base64; run 'docker login' again.");
            }
            int colon = decoded.indexOf(':');
            username = colon < 0 ? "" : decoded.substring(0, colon);
            password = decoded.substring(colon + 1);
        }
        return username.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(Credential.ofUser(place, username, Secret.of(password)));
    }

    /** Returns the entry of the first of these names that has one. */
    private static <T> Optional<T> entry(Map<String, T> entries, List<String> names) {
        for (String name : names) {
            for (Map.Entry<String, T> entry : entries.entrySet()) {
                if (name(entry.getKey()).equals(withoutDefaultPort(name))) {
                    return Optional.ofNullable(entry.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the name in a key. In docker's keys, which may be URLs, only the host counts. Podman's may have a path after the host. */
    private static String name(String key) {
        String url = URL_KEY.matcher(key).replaceFirst("$1");
        String name = KEY_ENDING.matcher(url).replaceFirst("");
        int slash = name.indexOf('/');
        String host = slash < 0 ? name : name.substring(0, slash);
        return withoutDefaultPort(host.toLowerCase(Locale.ROOT) + name.substring(host.length()));
    }

    static String withoutDefaultPort(String name) {
        return name.replaceFirst("^([^/]*):443(?=/|$)", "$1");
    }

    /** Returns the names that a repository may have in a configuration, longest first: itself, its parent paths and the registry. */
    private static List<String> names(String registry, String repository) {
        List<String> names = new ArrayList<>();
        for (String path = repository; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('/')))) {
            for (String alias : aliases(registry)) {
                names.add(alias + "/" + path);
            }
        }
        names.addAll(aliases(registry));
        return names;
    }

    /** Returns all names of a registry. */
    static List<String> aliases(String registry) {
        return registry.equals(ImageReference.DOCKER_HUB)
                ? List.of("index.docker.io", "docker.io", "registry-1.docker.io", "registry.hub.docker.com")
                : List.of(registry);
    }
}
