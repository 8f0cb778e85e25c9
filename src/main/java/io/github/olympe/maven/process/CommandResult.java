package io.github.olympe.maven.process;

import java.time.Duration;
import java.util.List;

/**
 * How a command ended.
 *
 * @param exitCode its exit code; after a timeout whatever the system gave it when it was ended
 * @param timedOut whether its time limit passed, and it was ended with everything that it had started
 * @param duration how long it ran
 * @param lastLines its last lines of output, secrets hidden: what to show of a failure where the output was not shown as it came
 */
public record CommandResult(int exitCode, boolean timedOut, Duration duration, List<String> lastLines) {

    public CommandResult {
        lastLines = List.copyOf(lastLines);
    }

    /** Whether it ended by itself, with exit code 0. */
    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }
}
