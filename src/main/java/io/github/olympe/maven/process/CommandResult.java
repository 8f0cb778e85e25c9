package io.github.olympe.maven.process;

import java.time.Duration;
import java.util.List;

/**
 * How a command ended.
 *
 * @param exitCode the exit code; after a timeout, the one that the system set when the process was ended
 * @param timedOut whether the time limit passed and the command was ended with everything that it had started
 * @param duration how long it ran
 * @param lastLines the last lines of output with secrets hidden, to explain a failure if the output was not logged
 */
public record CommandResult(int exitCode, boolean timedOut, Duration duration, List<String> lastLines) {

    public CommandResult {
        lastLines = List.copyOf(lastLines);
    }

    /** Returns whether it ended by itself, with exit code 0. */
    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }
}
