package io.github.olympe.maven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Secret;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code docker login} leaves behind: {@code $DOCKER_CONFIG/config.json} (else {@code ~/.docker/config.json}) with its {@code auths},
 * its credential helpers ({@code credHelpers}) and its credential store ({@code credsStore}); before it {@code $DOCKER_AUTH_CONFIG}, which
 * holds such a file's text (GitLab runners have it), and after it the files of {@code podman login}. What a credential helper prints is
 * never shown.
 */
public final class DockerConfiguration {

    /** The user that stands for an identity token instead of a password, by docker's convention. */
    static final String IDENTITY_TOKEN_USER = "<token>";

    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";
    private static final Pattern HELPER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern KEY_AFFIXES = Pattern.compile("^https?://|/(?:v[12]/?)?$");
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LARGEST_MEBIBYTES = 10;

    private final Map<String, String> environment;
    private final Duration helperTimeout;
    private final Consumer<String> warnings;

    public DockerConfiguration(Map<String, String> environment, Duration helperTimeout, Consumer<String> warnings) {
        this.environment = Map.copyOf(environment);
        this.helperTimeout = helperTimeout;
        this.warnings = warnings;
    }

    /**
     * What opens this registry.
     *
     * @param registry host with port, {@code docker.io} for Docker Hub
     * @throws OlympeException if a configuration cannot be read
     */
    public Optional<Credential> find(String registry) {
        for (Map.Entry<String, JsonNode> configuration : configurations().entrySet()) {
            Optional<Credential> credential = find(configuration.getKey(), configuration.getValue(), registry);
            if (credential.isPresent()) {
                return credential;
            }
        }
        return Optional.empty();
    }

    /** The file that docker itself reads. */
    Path dockerFile() {
        return variable("DOCKER_CONFIG")
                .map(Path::of)
                .orElseGet(() -> home().resolve(".docker"))
                .resolve("config.json");
    }

    private Map<String, JsonNode> configurations() {
        Map<String, JsonNode> configurations = new LinkedHashMap<>();
        variable("DOCKER_AUTH_CONFIG").ifPresent(text -> {
            try {
                configurations.put("the variable DOCKER_AUTH_CONFIG", object(ForeignText.json(text)));
            } catch (IOException e) {
                throw new OlympeException("The variable DOCKER_AUTH_CONFIG does not hold JSON (" + e.getMessage()
                        + "); it must be the text of a docker configuration," + " {\"auths\": {…}}.");
            }
        });
        Stream<Path> podmanFiles = Stream.concat(
                variable("REGISTRY_AUTH_FILE").map(Path::of).stream(),
                variable("XDG_RUNTIME_DIR").map(folder -> Path.of(folder, "containers", "auth.json")).stream());
        for (Path file :
                Stream.concat(Stream.of(dockerFile()), podmanFiles).distinct().toList()) {
            if (Files.isRegularFile(file)) {
                configurations.put(file.toString(), read(file));
            }
        }
        return configurations;
    }

    private static JsonNode read(Path file) {
        try {
            return object(ForeignText.json(file, LARGEST_MEBIBYTES));
        } catch (IOException e) {
            throw new OlympeException("The docker configuration '" + file + "' cannot be read as JSON ("
                    + e.getMessage() + "); correct it, or remove it and run 'docker login' again.");
        }
    }

    /** Whoever writes an array or a text where an object belongs has credentials in mind that would not be found. */
    private static JsonNode object(JsonNode configuration) throws IOException {
        if (!configuration.isObject()) {
            throw new IOException("it is not an object");
        }
        for (String name : List.of("auths", "credHelpers")) {
            JsonNode member = configuration.path(name);
            if (!member.isObject() && !member.isNull() && !member.isMissingNode()) {
                throw new IOException("its '" + name + "' is not an object");
            }
        }
        return configuration;
    }

    private Optional<Credential> find(String place, JsonNode configuration, String registry) {
        return helper(configuration, registry)
                .flatMap(helper -> ask(place, helper, registry))
                .or(() -> entry(configuration.path("auths"), registry).flatMap(auth -> auth(place, auth)));
    }

    private static Optional<String> helper(JsonNode configuration, String registry) {
        return entry(configuration.path("credHelpers"), registry)
                .or(() -> Optional.of(configuration.path("credsStore")))
                .map(name -> name.asText(""))
                .filter(name -> !name.isEmpty());
    }

    private static Optional<Credential> auth(String place, JsonNode auth) {
        String identityToken = auth.path("identitytoken").asText("");
        if (!identityToken.isEmpty()) {
            return Optional.of(Credential.ofUser(place, IDENTITY_TOKEN_USER, Secret.of(identityToken)));
        }
        String username = auth.path("username").asText("");
        String password = auth.path("password").asText("");
        String encoded = auth.path("auth").asText("");
        if (!encoded.isEmpty()) {
            String decoded;
            try {
                decoded = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
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

    /** The entry of a registry: its key is the host, or a URL of it. */
    private static Optional<JsonNode> entry(JsonNode entries, String registry) {
        List<String> hosts = aliases(registry);
        for (String host : hosts) {
            for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                if (KEY_AFFIXES.matcher(entry.getKey()).replaceAll("").equals(host)) {
                    return Optional.of(entry.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** The names that a registry goes by. */
    static List<String> aliases(String registry) {
        return registry.equals(ImageReference.DOCKER_HUB)
                ? List.of("index.docker.io", "docker.io", "registry-1.docker.io", "registry.hub.docker.com")
                : List.of(registry);
    }

    private Optional<Credential> ask(String place, String name, String registry) {
        String helper = "docker-credential-" + name;
        String source = "the credential helper '" + helper + "' of " + place;
        if (!HELPER_NAME.matcher(name).matches()) {
            throw new OlympeException(place + " names the credential helper '" + name
                    + "', which is not a name; a helper 'x' is the command docker-credential-x.");
        }
        Optional<Path> program = program(helper);
        if (program.isEmpty()) {
            warnings.accept("There is no command '" + helper + "' on the PATH, which " + place
                    + " asks for; its credentials for " + registry + " are left out.");
            return Optional.empty();
        }
        String server = registry.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_SERVER : registry;
        Optional<String> output = run(program.get(), server, source);
        if (output.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode answer = ForeignText.json(output.get());
            String username = answer.path("Username").asText("");
            String secret = answer.path("Secret").asText("");
            return secret.isEmpty() || username.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Credential.ofUser(source, username, Secret.of(secret)));
        } catch (IOException e) {
            warnings.accept("What " + source + " answered is not JSON; it is left out.");
            return Optional.empty();
        }
    }

    private Optional<String> run(Path program, String server, String source) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "get");
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(Credentials.OWN_VARIABLES);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try {
                CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process));
                try (OutputStream in = process.getOutputStream()) {
                    in.write(server.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // A helper that does not read its input says by its answer what it thinks of it.
                }
                String text = output.get(helperTimeout.toMillis(), TimeUnit.MILLISECONDS);
                if (text.length() == LONGEST_ANSWER) {
                    return Optional.of(text);
                }
                if (!process.waitFor(helperTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException();
                }
                if (process.exitValue() == 0) {
                    return Optional.of(text);
                }
                if (!text.contains("credentials not found")) {
                    warnings.accept("It failed with exit code " + process.exitValue() + ": " + source
                            + "; its credentials are left out.");
                }
                return Optional.empty();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (TimeoutException e) {
            throw new OlympeException(
                    "No answer came in " + helperTimeout.toSeconds() + " seconds from " + source
                            + "; it may be waiting for somebody to type: try it with 'docker login', or put the credentials into settings.xml.");
        } catch (IOException | ExecutionException e) {
            warnings.accept("It cannot be run: " + source + "; its credentials are left out.");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException("The build was interrupted while it waited for " + source + ".");
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Optional<Path> program(String name) {
        List<String> names =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")
                        ? List.of(name + ".exe", name + ".cmd", name + ".bat")
                        : List.of(name);
        List<Path> found = new ArrayList<>();
        for (String folder : path().split(Pattern.quote(File.pathSeparator))) {
            names.stream()
                    .map(file -> Path.of(folder.replace("\"", ""), file))
                    .filter(Files::isExecutable)
                    .forEach(found::add);
        }
        return found.stream().findFirst();
    }

    /** Windows calls it {@code Path}, mostly, and takes folders in quotes. */
    private String path() {
        return variable("PATH")
                .or(() -> environment.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase("PATH"))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElse("");
    }

    private Path home() {
        return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
