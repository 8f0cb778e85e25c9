package io.github.olympe.maven.node;

import java.nio.file.Path;
import java.util.List;

/** Marks the output of steps that run in parallel, line by line. */
record LabelledLog(NodeLog log, String label) implements NodeLog {

    @Override
    public void installingNode(String version, Path folder) {
        log.installingNode(version, folder);
    }

    @Override
    public void running(String command, Path directory) {
        log.running(label + command, directory);
    }

    @Override
    public void output(String line) {
        log.output(label + line);
    }

    @Override
    public void failed(List<String> lastLines) {
        log.failed(lastLines.stream().map(label::concat).toList());
    }

    @Override
    public void packagesUpToDate(Path folder) {
        log.packagesUpToDate(folder);
    }

    @Override
    public void installingPackages(String reason) {
        log.installingPackages(reason);
    }

    @Override
    public void noLockFile(Path project) {
        log.noLockFile(project);
    }

    @Override
    public void lockFileNotTracked(Path lockFile) {
        log.lockFileNotTracked(lockFile);
    }

    @Override
    public void workspaceIgnored(Path folder) {
        log.workspaceIgnored(folder);
    }

    @Override
    public void skipped(String step, String reason) {
        log.skipped(step, reason);
    }

    @Override
    public void runs(String step, String reason) {
        log.runs(step, reason);
    }

    @Override
    public void removed(Path output) {
        log.removed(output);
    }

    @Override
    public void note(String text) {
        log.note(label + text);
    }

    @Override
    public void detail(String text) {
        log.detail(label + text);
    }
}
