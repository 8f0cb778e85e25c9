package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.NodeLog;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.logging.Log;

/** Tells Maven's log what the work with Node.js and npm tells. */
record MavenNodeLog(Log log) implements NodeLog {

    @Override
    public void installingNode(String version, Path folder) {
        log.info("Installing Node.js " + version + " into " + folder);
    }

    @Override
    public void running(String command, Path directory) {
        log.info("Running '" + command + "' in " + directory);
    }

    @Override
    public void output(String line) {
        log.info(line);
    }

    @Override
    public void failed(List<String> lastLines) {
        if (!log.isInfoEnabled()) { // Else they have been seen.
            lastLines.forEach(log::error);
        }
    }

    @Override
    public void packagesUpToDate(Path folder) {
        log.info("The npm packages are what the lock file says: nothing to install.");
    }

    @Override
    public void installingPackages(String reason) {
        log.info("Installing the npm packages: " + reason + ".");
    }

    @Override
    public void noLockFile(Path project) {
        log.warn("There is no package-lock.json in " + project
                + ": 'npm install' takes the newest versions that package.json allows, so that two builds may differ;"
                + " commit the lock file that it writes to make builds repeatable.");
    }

    @Override
    public void skipped(String step, String reason) {
        log.info("Skipping " + step + ": " + reason + ".");
    }

    @Override
    public void runs(String step, String reason) {
        log.info("Running " + step + ": " + reason + ".");
    }

    @Override
    public void removed(Path output) {
        log.info("Removed what the failed run left in " + output);
    }

    @Override
    public void note(String text) {
        log.info(text);
    }
}
