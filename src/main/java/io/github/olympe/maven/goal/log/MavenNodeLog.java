package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.node.NodeLog;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/**
 * Writes the events of Node.js and npm to Maven's log.
 *
 * @param colours whether lines keep their colours; some tools print colours whatever their environment says
 */
public record MavenNodeLog(Log log, boolean colours) implements NodeLog {

    /** The control sequences of terminals (ECMA-48): colours, cursor movements, titles. */
    private static final Pattern CONTROL =
            Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])");

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

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
        log.info(plain(line));
    }

    private String plain(String line) {
        return line.indexOf('\u001B') < 0
                ? line
                : CONTROL.matcher(line)
                        .replaceAll(match ->
                                colours && COLOUR.matcher(match.group()).matches() ? match.group() : "");
    }

    @Override
    public void failed(List<String> lastLines) {
        if (!log.isInfoEnabled()) { // Otherwise they have already been shown.
            lastLines.forEach(line -> log.error(plain(line)));
        }
    }

    @Override
    public void packagesUpToDate(Path folder) {
        log.info("The npm packages are up to date: nothing to install.");
    }

    @Override
    public void installingPackages(String reason) {
        log.info("Installing the npm packages: " + reason + ".");
    }

    @Override
    public void noLockFile(Path project) {
        log.warn("There is no package-lock.json in " + project
                + ": 'npm install' takes the newest versions that package.json allows, so two builds may differ;"
                + " commit the lock file that it writes to make builds repeatable.");
    }

    @Override
    public void lockFileNotTracked(Path lockFile) {
        log.warn(
                "Running 'npm install' and not 'npm ci', since git does not track " + lockFile
                        + ": another checkout may get other versions of the packages. Commit the lock file to make builds repeatable.");
    }

    @Override
    public void workspaceIgnored(Path folder) {
        log.warn("Ignoring the npm workspace of " + folder
                + ", since it is outside of this project's git work tree or belongs to another user. If this project is a part of"
                + " it, set the parameter 'npmWorkspace' (olympe.npmWorkspace) to that folder.");
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

    @Override
    public void detail(String text) {
        log.debug(text);
    }
}
