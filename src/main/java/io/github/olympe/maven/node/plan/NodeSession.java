package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.RunningCommands;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a build that a run of Node.js or npm needs.
 *
 * @param log receives the events
 * @param mask hides the secrets of this build
 * @param running where running commands are recorded, so that a later build can end what a killed one left
 * @param locks the folder of the locks that prevent two Maven processes from working in one folder at the same time
 * @param installed the folders whose packages this build has installed or checked, shared by its modules
 */
public record NodeSession(NodeLog log, SecretMask mask, RunningCommands running, Path locks, Set<Path> installed) {

    /** Returns the runner of commands, which masks their output. */
    public CommandRunner runner() {
        return new CommandRunner(mask::mask, Optional.of(running));
    }
}
