package io.github.olympe.maven.registry.credential;

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
 * Docker's credential helpers: commands {@code docker-credential-<name>}, which keep credentials in the system's own store. Their output is
 * never shown.
 *
 * @param environment the environment that they run in, including {@code PATH}
 * @param timeout how long one of them may take to answer
 * @param warnings receives the reason if a helper is left out
 */
record CredentialHelpers(Map<String, String> environment, Duration timeout, Consumer<String> warnings) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int LONGEST_ANSWER = 1 << 20;

    CredentialHelpers {
        environment = Map.copyOf(environment);
    }

    /**
     * Asks a helper.
     *
     * @param place the configuration that names it
     * @param name the helper's name, without {@code docker-credential-}
     * @param server the server whose credential it should return
     * @throws OlympeException if the name is invalid, or if no answer comes in time
     */
    Optional<Credential> ask(String place, String name, String server) {
        String helper = "docker-credential-" + name;
        String source = "the credential helper '" + helper + "' of " + place;
        if (!NAME.matcher(name).matches()) {
            throw new OlympeException(place + " names the credential helper '" + name
                    + "', which is not a name; a helper 'x' is the command docker-credential-x.");
        }
        Optional<Path> program = program(helper);
        if (program.isEmpty()) {
            warnings.accept("There is no command '" + helper + "' on the PATH, but " + place
                    + " names it; its credentials for " + server + " are not used.");
            return Optional.empty();
        }
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
            warnings.accept("The answer of " + source + " is not JSON; its credentials are not used.");
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
                    // A helper need not read its input. Its answer decides.
                }
                String text = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (text.length() == LONGEST_ANSWER) {
                    return Optional.of(text);
                }
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException();
                }
                if (process.exitValue() == 0) {
                    return Optional.of(text);
                }
                if (!text.contains("credentials not found")) {
                    warnings.accept("Failure of " + source + " (exit code " + process.exitValue()
                            + "): its credentials are not used.");
                }
                return Optional.empty();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (TimeoutException e) {
            throw new OlympeException(
                    "No answer came in " + timeout.toSeconds() + " seconds from " + source
                            + "; it may be waiting for input: try it with 'docker login', or put the credentials into settings.xml.");
        } catch (IOException | ExecutionException e) {
            warnings.accept("Cannot run " + source + "; its credentials are not used.");
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
        return Stream.of(path().split(Pattern.quote(File.pathSeparator)))
                .flatMap(folder -> names.stream().map(file -> Path.of(folder.replace("\"", ""), file)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns the PATH. Windows mostly calls it {@code Path}, and allows quotes around folders. */
    private String path() {
        return variable("PATH")
                .or(() -> environment.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase("PATH"))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElse("");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
