package io.github.olympe.maven.process;

import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run: configured once, run by a {@link CommandRunner}.
 *
 * @param line the program and its arguments, each as the program shall see it; never a secret, since others can read it
 * @param directory the working directory
 * @param environment all environment variables that are no secret (nothing is inherited beside them)
 * @param secrets environment variables that carry secrets
 * @param timeout how long it may run
 */
public record Command(
        List<String> line,
        Path directory,
        Map<String, String> environment,
        Map<String, Secret> secrets,
        Duration timeout) {

    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
        if (line.isEmpty() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a command needs a program and a time limit above zero");
        }
    }

    /** A command with no secrets. */
    public static Command of(List<String> line, Path directory, Map<String, String> environment, Duration timeout) {
        return new Command(line, directory, environment, Map.of(), timeout);
    }
}
