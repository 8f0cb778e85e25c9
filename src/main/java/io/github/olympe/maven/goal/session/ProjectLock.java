package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.RunningCommands;

/** Locks a project while a goal works in it, also against goals of other Maven processes on this machine. */
public final class ProjectLock implements AutoCloseable {

    private final GoalContext context;
    private final FolderLock lock;

    private ProjectLock(GoalContext context, FolderLock lock) {
        this.context = context;
        this.lock = lock;
    }

    public static ProjectLock take(GoalContext context) {
        // A Maven that a script of the project starts is part of the goal that runs the script.
        boolean nested = CommandRunner.isRunning(context.environment());
        return new ProjectLock(
                context,
                nested
                        ? FolderLock.none()
                        : FolderLock.take(
                                context.projectDirectory(),
                                context.locks(),
                                folder -> context.log()
                                        .info("Waiting for another build that is working in " + folder + ".")));
    }

    /** Ends what a killed build left running in this project. */
    public void endAbandoned() {
        if (lock.isHeld()) {
            new RunningCommands(context.running())
                    .endAbandoned(context.projectDirectory(), context.locks())
                    .forEach(process -> context.log()
                            .warn("Ended " + process
                                    + ", which a build that was killed had left running in this project."));
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
