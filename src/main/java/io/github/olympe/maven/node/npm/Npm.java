package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.text.Counted;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs npm, and the commands of a project's packages, for one project.
 *
 * @param runtime the Node.js and npm
 * @param runner runs the commands
 * @param workspace the project, and the npm workspace that it is in
 * @param directory the folder that npm runs in
 * @param environment the environment variables, none of them secret
 * @param secrets environment variables that carry secrets
 * @param timeout how long a command may run, the parameter {@code npmTimeout}
 * @param log receives the events
 */
public record Npm(
        NodeRuntime runtime,
        CommandRunner runner,
        Workspace workspace,
        Path directory,
        Map<String, String> environment,
        Map<String, Secret> secrets,
        Duration timeout,
        NodeLog log) {

    public Npm {
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    /** npm in a project, with no secrets. */
    public Npm(
            NodeRuntime runtime,
            CommandRunner runner,
            Workspace workspace,
            Map<String, String> environment,
            Duration timeout,
            NodeLog log) {
        this(runtime, runner, workspace, workspace.project(), environment, Map.of(), timeout, log);
    }

    /** The project's folder. */
    public Path project() {
        return workspace.project();
    }

    /** The same in another folder. */
    public Npm in(Path folder) {
        return new Npm(runtime, runner, workspace, folder, environment, secrets, timeout, log);
    }

    /** The same with less time for each command. */
    public Npm within(Duration other) {
        return new Npm(runtime, runner, workspace, directory, environment, secrets, other, log);
    }

    /** The same with another log. */
    public Npm with(NodeLog other) {
        return new Npm(runtime, runner, workspace, directory, environment, secrets, timeout, other);
    }

    /** The same with environment variables added. */
    public Npm with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(variables);
        return new Npm(runtime, runner, workspace, directory, all, secrets, timeout, log);
    }

    /** The same with secrets added, for the few commands that talk to a registry; builds and tests do not see them. */
    public Npm withSecrets(Map<String, Secret> variables) {
        Map<String, Secret> all = new TreeMap<>(secrets);
        all.putAll(variables);
        return new Npm(runtime, runner, workspace, directory, environment, all, timeout, log);
    }

    /** The same without secrets, for what is not npm itself. */
    Npm withoutSecrets() {
        return new Npm(runtime, runner, workspace, directory, environment, Map.of(), timeout, log);
    }

    /** What npm is set to do. */
    NpmConfiguration configuration() {
        return NpmConfiguration.of(workspace.root(), runtime, environment);
    }

    /** What npm's configuration sets, apart from credentials and what has no part in packages and scripts. */
    public SortedMap<String, String> settings() {
        return configuration().effective();
    }

    /**
     * Runs {@code npm} and shows its output.
     *
     * @throws OlympeException if it fails or does not end in time
     */
    public void run(String... arguments) {
        run(List.of(arguments));
    }

    /** As {@link #run(String...)}. */
    public void run(List<String> arguments) {
        run("npm " + String.join(" ", arguments), npmLine(arguments), log::output);
    }

    /** npm looks for the root of a workspace in the folders above; this keeps it out of one that is not trusted. */
    private List<String> npmLine(List<String> arguments) {
        List<String> line = new ArrayList<>(runtime.npm(List.of()));
        if (workspace.isBelowUntrusted(directory)) {
            line.add("--prefix=" + directory);
        }
        line.addAll(arguments);
        return line;
    }

    /** As {@link #run(String...)}, for a command that a package of the project brings. */
    public void runLocal(String name, String packageName, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(localCommand(name, packageName).toString());
        line.addAll(arguments);
        run(("npx " + name + " " + String.join(" ", arguments)).strip(), line, log::output);
    }

    /**
     * Where a command is that a package of the project brings.
     *
     * @throws OlympeException if no installed package brings it
     */
    public Path localCommand(String name, String packageName) {
        return runtime.localCommand(workspace.folders(), name, environment)
                .orElseThrow(() -> new OlympeException("The project in '" + project() + "' has no command '" + name
                        + "' in node_modules/.bin; add " + packageName
                        + " to the devDependencies of package.json and run 'npm install'."));
    }

    /** Runs {@code npm} and hands its standard output on without showing it; whatever way it ends is a result. */
    public CommandResult ask(List<String> arguments, Consumer<String> output) {
        CommandResult result = runner.run(command(npmLine(arguments)), output, line -> {});
        if (result.timedOut()) {
            throw tooLong("npm " + String.join(" ", arguments));
        }
        return result;
    }

    private void run(String shown, List<String> line, Consumer<String> output) {
        log.running(shown, directory);
        CommandResult result = runner.run(command(line), output);
        if (!result.succeeded()) {
            log.failed(result.lastLines());
            throw result.timedOut()
                    ? tooLong(shown)
                    : new OlympeException("'" + shown + "' failed with exit code " + result.exitCode() + " in '"
                            + directory + "'; its output above says why.");
        }
    }

    private Command command(List<String> line) {
        return Command.of(line, directory, runtime.environment(environment), timeout)
                .withSecrets(secrets);
    }

    private OlympeException tooLong(String shown) {
        return new OlympeException("'" + shown + "' ran longer than " + Counted.of(timeout.toSeconds(), "second")
                + " and was ended with everything that it had started; find out what it waits for, or raise the parameter"
                + " 'npmTimeout' (olympe.npmTimeout).");
    }
}
