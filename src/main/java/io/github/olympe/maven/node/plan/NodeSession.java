package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.RunningCommands;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of Node.js or npm needs of the build around it.
 *
 * @param log gets the events
 * @param mask hides the secrets of this build
 * @param running where running commands are noted, so that a later build can end what a killed one left
 * @param locks the folder of the locks that keep two Mavens from working in one folder at once
 * @param installed the folders whose packages this build has installed or looked at, shared by its modules
 */
public record NodeSession(NodeLog log, SecretMask mask, RunningCommands running, Path locks, Set<Path> installed) {

    /** Returns what runs commands, with what they print masked. */
    public CommandRunner runner() {
        return new CommandRunner(mask::mask, Optional.of(running));
    }
}
