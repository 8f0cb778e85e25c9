package io.github.olympe.maven.process;

import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run: configured once, run by a {@link CommandRunner}.
 *
 * @param line the program and its arguments, each as the program gets it; never a secret, because other users can read command lines
 * @param directory the working directory
 * @param environment all environment variables that are not secret; no others are inherited
 * @param secrets environment variables that carry secrets
 * @param input what it reads from standard input, at most a few kilobytes; may be empty
 * @param timeout how long it may run
 */
public record Command(
        List<String> line,
        Path directory,
        Map<String, String> environment,
        Map<String, Secret> secrets,
        String input,
        Duration timeout) {

    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
        if (line.isEmpty() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a command needs a program and a time limit above zero");
        }
    }

    /** Returns a command with no secrets and no input. */
    public static Command of(List<String> line, Path directory, Map<String, String> environment, Duration timeout) {
        return new Command(line, directory, environment, Map.of(), "", timeout);
    }

    /** Returns the same command with environment variables that carry secrets. */
    public Command withSecrets(Map<String, Secret> variables) {
        return new Command(line, directory, environment, variables, input, timeout);
    }

    /** Returns the same command with a text on standard input, in UTF-8. */
    public Command withInput(String text) {
        return new Command(line, directory, environment, secrets, text, timeout);
    }

    /** Returns the program's name, without its folder. */
    String program() {
        return String.valueOf(Path.of(line.get(0)).getFileName());
    }
}
