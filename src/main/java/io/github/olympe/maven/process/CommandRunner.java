package io.github.olympe.maven.process;

import io.github.olympe.maven.OlympeException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs commands: passes each line of output on as it comes, with secrets hidden, and leaves no process behind. When the time limit passes,
 * the calling thread is interrupted or the JVM ends (Ctrl-C), the command is ended with everything that it started.
 *
 * @param mask hides secrets in the output; those of {@link Command#secrets()} are hidden in any case
 * @param running where it is noted what runs; absent for commands that write nothing
 */
public record CommandRunner(UnaryOperator<String> mask, Optional<RunningCommands> running) {

    /** A runner for commands that write nothing. */
    public CommandRunner(UnaryOperator<String> mask) {
        this(mask, Optional.empty());
    }

    /** Whether this is the environment of a process that a command runner has started, or of one that such a process has. */
    public static boolean isRunning(Map<String, String> environment) {
        return environment.containsKey(ProcessTree.MARK);
    }

    /**
     * Runs the command to its end. Any exit code is a result, not a failure. While the command is silent, a line every 15 seconds says that
     * it still runs.
     *
     * @param lines takes each line of standard output and standard error, in the calling thread
     * @throws OlympeException if the program cannot be started, or if the thread is interrupted (which it then still is)
     */
    public CommandResult run(Command command, Consumer<String> lines) {
        return run(
                command,
                lines,
                lines,
                elapsed -> lines.accept(
                        "… '" + command.program() + "' still runs, after " + elapsed.toSeconds() + " seconds"));
    }

    /** As {@link #run(Command, Consumer)}, with standard output and standard error apart, and no other lines. */
    public CommandResult run(Command command, Consumer<String> output, Consumer<String> errors) {
        return run(command, output, errors, elapsed -> {});
    }

    private CommandResult run(
            Command command, Consumer<String> output, Consumer<String> errors, Consumer<Duration> silence) {
        if (!Files.isDirectory(command.directory())) {
            throw new OlympeException(String.format(
                    "The folder '%s', in which '%s' is to run, does not exist; check the parameter 'projectDirectory'.",
                    command.directory(), command.program()));
        }
        return new CommandRun(this, command, output, errors, silence).call();
    }

    /** A line of output without the secrets of the command, and without all others. */
    String masked(Command command, String line) {
        String masked = mask.apply(line);
        for (var secret : command.secrets().values()) {
            masked = masked.replace(secret.reveal(), "***");
        }
        return masked;
    }
}
