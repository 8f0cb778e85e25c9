package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The command {@code olympe} of the project's {@code @olympeio/toolkit}.
 *
 * @param command the file to run
 * @param environment the environment variables that it gets, besides those of a call
 * @param runner runs it
 */
public record Toolkit(Path command, Map<String, String> environment, CommandRunner runner) {

    /** The npm package. */
    public static final String PACKAGE = "@olympeio/toolkit";

    /** The command that it brings. */
    public static final String COMMAND = "olympe";

    public Toolkit {
        environment = Map.copyOf(environment);
    }

    /**
     * A call of the command.
     *
     * @param arguments the arguments, the subcommand first; never secret
     * @param environment variables in addition to the toolkit's
     * @param secrets variables whose values are secret
     * @param withheld variables of the toolkit that it does not get
     * @param workingDirectory the folder it runs in
     * @param timeout how long it may take; after that, it and every process that it started are ended
     */
    record Call(
            List<String> arguments,
            Map<String, String> environment,
            Map<String, Secret> secrets,
            Set<String> withheld,
            Path workingDirectory,
            Duration timeout) {

        Call {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
            withheld = Set.copyOf(withheld);
        }
    }

    /**
     * Runs the command and waits for its end.
     *
     * @param lines receives each line of its output immediately
     * @return how it ended
     * @throws OlympeException if it cannot be started at all
     */
    CommandResult run(Call call, Consumer<String> lines) {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(call.arguments());
        Map<String, String> all = new TreeMap<>(environment);
        all.keySet().removeAll(call.withheld());
        all.putAll(call.environment());
        return runner.run(
                Command.of(line, call.workingDirectory(), all, call.timeout()).withSecrets(call.secrets()), lines);
    }
}
