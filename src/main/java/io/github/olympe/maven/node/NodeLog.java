package io.github.olympe.maven.node;

import java.nio.file.Path;
import java.util.List;

/** Receives the events of Node.js and npm. */
public interface NodeLog {

    /** A private Node.js is being installed. */
    void installingNode(String version, Path folder);

    /** This command starts. */
    void running(String command, Path directory);

    /** A line that the command printed, with secrets hidden. */
    void output(String line);

    /** The command failed, and these are the last lines that it printed. */
    void failed(List<String> lastLines);

    /** The packages match the lock file, so npm has nothing to do. */
    void packagesUpToDate(Path folder);

    /** The packages are installed, for this reason. */
    void installingPackages(String reason);

    /** There is no lock file. */
    void noLockFile(Path project);

    /** There is a lock file, but git does not track it, so that another checkout does not have it. */
    void lockFileNotTracked(Path lockFile);

    /** A folder above has the project in its npm workspace, and is not trusted. */
    void workspaceIgnored(Path folder);

    /** A build step does not run, for this reason. */
    void skipped(String step, String reason);

    /** A build step runs, for this reason. */
    void runs(String step, String reason);

    /** The output that a failed run left behind was removed. */
    void removed(Path output);

    /** Something else worth knowing. */
    void note(String text);

    /** A reason for debugging, shown with Maven's {@code -X}. */
    void detail(String text);

    /** Returns this log with each line and message marked with its step. */
    default NodeLog of(String step) {
        return new LabelledLog(this, "[" + step + "] ");
    }
}
