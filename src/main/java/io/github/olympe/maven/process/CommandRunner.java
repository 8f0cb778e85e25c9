package io.github.olympe.maven.process;

import io.github.olympe.maven.OlympeException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs commands: passes on each line of output immediately, with secrets hidden, and leaves no process behind. If the time limit passes,
 * the calling thread is interrupted, or the JVM ends (Ctrl-C), the command is ended with everything that it started.
 *
 * @param mask hides secrets in the output; those of {@link Command#secrets()} are hidden in any case
 * @param running where running commands are recorded; absent for commands that write no files
 */
public record CommandRunner(UnaryOperator<String> mask, Optional<RunningCommands> running) {

    /** Creates a runner for commands that write no files. */
    public CommandRunner(UnaryOperator<String> mask) {
        this(mask, Optional.empty());
    }

    /** Returns whether this is the environment of a process that a command runner started, directly or through another process. */
    public static boolean isRunning(Map<String, String> environment) {
        return environment.containsKey(ProcessTree.MARK);
    }

    /**
     * Runs the command and waits for its end. Any exit code is a result, not an exception. While the command is silent, a line every 15
     * seconds says that it is still running.
     *
     * @param lines receives each line of standard output and standard error, in the calling thread
     * @throws OlympeException if the program cannot be started, or if the thread is interrupted; its interrupt flag stays set
     */
    public CommandResult run(Command command, Consumer<String> lines) {
        return run(
                command,
                lines,
                lines,
                elapsed -> lines.accept(
                        "… '" + command.program() + "' still runs, after " + elapsed.toSeconds() + " seconds"));
    }

    /** Does what {@link #run(Command, Consumer)} does, but separates standard output from standard error and adds no lines of its own. */
    public CommandResult run(Command command, Consumer<String> output, Consumer<String> errors) {
        return run(command, output, errors, elapsed -> {});
    }

    private CommandResult run(
            Command command, Consumer<String> output, Consumer<String> errors, Consumer<Duration> silence) {
        if (!Files.isDirectory(command.directory())) {
            throw new OlympeException(String.format(
                    "The folder '%s', in which '%s' should run, does not exist; check the parameter 'projectDirectory'.",
                    command.directory(), command.program()));
        }
        return new CommandRun(this, command, output, errors, silence).call();
    }

    /** Hides the secrets of the command, and all others, in a line of output. */
    String masked(Command command, String line) {
        String masked = mask.apply(line);
        for (var secret : command.secrets().values()) {
            masked = masked.replace(secret.reveal(), "***");
        }
        return masked;
    }
}
