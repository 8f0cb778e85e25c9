package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.process.Workers;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A step of the build: a command that makes folders.
 *
 * @param name what it builds, as in {@code frontend}
 * @param shown the command as it is shown, as in {@code npm run build:draw}
 * @param command runs it with an npm
 * @param outputs the folders that it makes
 */
public record BuildStep(String name, String shown, Consumer<Npm> command, List<BuildOutput> outputs) {

    /** How long a command may take to end. */
    private static final Duration ENDING = Duration.ofSeconds(30);

    public BuildStep {
        outputs = List.copyOf(outputs);
    }

    /** A step that runs a script of package.json. */
    public static BuildStep script(String name, String script, List<BuildOutput> outputs) {
        return new BuildStep(name, "npm run " + script, npm -> npm.run("run", script), outputs);
    }

    /**
     * Runs the step. Its outputs are removed first, so that old output is not mistaken for the result, and again if it fails. A mark exists
     * while they may be incomplete.
     *
     * @throws OlympeException if the command fails, or its outputs are missing
     */
    public void run(Npm npm, UnfinishedBuilds marks) {
        marks.begin(this);
        GitProgram git = GitProgram.of(npm);
        outputs.forEach(output -> output.remove(git));
        boolean succeeded = false;
        try {
            command.accept(npm);
            outputs.forEach(output -> output.check(shown, npm.workspace()));
            succeeded = true;
        } finally {
            if (!succeeded) {
                outputs.forEach(output -> {
                    output.remove(git);
                    npm.log().removed(output.folder());
                });
            }
            marks.end(this);
        }
    }

    /**
     * Runs several steps in parallel, and marks their output with their names. When one fails, the others are ended.
     *
     * @param run runs one of them
     * @throws OlympeException the first failure
     */
    public static void runAtOnce(List<BuildStep> steps, Npm npm, BiConsumer<BuildStep, Npm> run) {
        Workers workers = Workers.of(steps.size());
        try {
            workers.run(steps.stream()
                    .<Runnable>map(step ->
                            () -> run.accept(step, npm.with(npm.log().of(step.name()))))
                    .toList());
        } finally {
            workers.close(ENDING);
        }
    }
}
