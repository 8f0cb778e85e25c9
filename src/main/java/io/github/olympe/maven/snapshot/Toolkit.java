package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The command {@code olympe} of the project's {@code @olympeio/toolkit}. */
@FunctionalInterface
public interface Toolkit {

    /** The npm package. */
    String PACKAGE = "@olympeio/toolkit";

    /** The command that it brings. */
    String COMMAND = "olympe";

    /**
     * Runs the command to its end.
     *
     * @param call what to run
     * @param lines takes each line of its output, as it comes
     * @return how it ended
     * @throws io.github.olympe.maven.OlympeException if it cannot be started at all
     */
    Outcome run(Call call, Consumer<String> lines);

    /**
     * A call of the command.
     *
     * @param arguments the arguments, the subcommand first; none is secret
     * @param environment variables that it gets on top of this process's own
     * @param secrets variables whose values are secret
     * @param withheld variables of this process that it does not get
     * @param workingDirectory the folder it runs in
     * @param timeout how long it may take; after that, it and every process that it started are ended
     */
    public record Call(
            List<String> arguments,
            Map<String, String> environment,
            Map<String, Secret> secrets,
            Set<String> withheld,
            Path workingDirectory,
            Duration timeout) {

        public Call {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
            withheld = Set.copyOf(withheld);
        }
    }

    /**
     * How a call ended.
     *
     * @param exitCode the exit code
     * @param timedOut whether it was ended because it took too long; the exit code then means nothing
     */
    record Outcome(int exitCode, boolean timedOut) {}
}
