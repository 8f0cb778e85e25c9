package io.github.olympe.maven.node;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.ProgramSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** The real Node.js and npm on the PATH in a project folder, with a log that tests can read. */
public final class NodeFixture implements NodeLog {

    public static final Map<String, String> ENVIRONMENT = environment();
    public static final NodeRuntime RUNTIME =
            NodeRuntime.onPath(Path.of("").toAbsolutePath(), ENVIRONMENT, ProgramSearch.current());

    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("npm_config_progress", "false");
        environment.put("npm_config_audit", "false");
        environment.put("npm_config_fund", "false");
        environment.put("npm_config_update_notifier", "false");
        return environment;
    }

    public Npm npm(Path project) {
        return new Npm(
                RUNTIME,
                new CommandRunner(new SecretMask()::mask),
                Workspace.of(project),
                ENVIRONMENT,
                Duration.ofSeconds(120),
                this);
    }

    /** Makes a folder a git work tree. */
    public static void initGit(Path folder) {
        try {
            Git.init().setDirectory(folder.toFile()).call().close();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what was logged since the last call. */
    public List<String> said() {
        synchronized (lines) {
            List<String> said = List.copyOf(lines);
            lines.clear();
            return said;
        }
    }

    public static void write(Path folder, String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void installingNode(String version, Path folder) {
        lines.add("installing Node.js " + version);
    }

    @Override
    public void running(String command, Path directory) {
        lines.add("running " + command);
    }

    @Override
    public void output(String line) {
        lines.add("> " + line);
    }

    @Override
    public void failed(List<String> lastLines) {
        lines.add("failed");
    }

    @Override
    public void packagesUpToDate(Path folder) {
        lines.add("up to date");
    }

    @Override
    public void installingPackages(String reason) {
        lines.add("installing: " + reason);
    }

    @Override
    public void noLockFile(Path project) {
        lines.add("no lock file");
    }

    @Override
    public void lockFileNotTracked(Path lockFile) {
        lines.add("lock file is not tracked");
    }

    @Override
    public void workspaceIgnored(Path folder) {
        lines.add("ignoring the workspace of " + folder.getFileName());
    }

    @Override
    public void skipped(String step, String reason) {
        lines.add(step + " skipped: " + reason);
    }

    @Override
    public void runs(String step, String reason) {
        lines.add(step + " runs: " + reason);
    }

    @Override
    public void removed(Path output) {
        lines.add("removed " + output.getFileName());
    }

    @Override
    public void detail(String text) {
        lines.add("detail: " + text);
    }

    @Override
    public void note(String text) {
        lines.add(text);
    }
}
