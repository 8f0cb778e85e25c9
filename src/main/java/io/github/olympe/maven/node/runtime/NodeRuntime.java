package io.github.olympe.maven.node.runtime;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.ProgramSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A Node.js with its npm.
 *
 * @param node the program
 * @param version its version
 * @param npm what runs npm: {@code npm-cli.js} by this Node.js, where it is found, else the program {@code npm} or {@code npm.cmd}
 * @param search how programs are found
 */
public record NodeRuntime(Path node, NodeVersion version, List<String> npm, ProgramSearch search) {

    private static final Path NPM_CLI = Path.of("node_modules", "npm", "bin", "npm-cli.js");
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** The lines of it that are looked at. */
    private static final int LONGEST_ANSWER = 20;

    public NodeRuntime {
        npm = List.copyOf(npm);
    }

    /**
     * The Node.js and npm of the PATH.
     *
     * @param project the project's folder: version managers such as nodenv, asdf, mise and Volta choose the version by it
     * @throws OlympeException if one of them is not there, or Node.js is older than {@link NodeVersion#OLDEST}
     */
    public static NodeRuntime onPath(Path project, Map<String, String> environment, ProgramSearch search) {
        Path node = search.find("node", environment)
                .orElseThrow(() -> new OlympeException(
                        "There is no Node.js on the PATH; install Node.js " + NodeVersion.OLDEST.major()
                                + " or later, or set the parameter 'nodeVersion' (olympe.nodeVersion) to have one installed"
                                + " privately."));
        Path npm = search.find("npm", environment)
                .orElseThrow(() -> new OlympeException("There is a Node.js on the PATH ('" + node
                        + "') but no npm; install npm, or set the parameter 'nodeVersion' (olympe.nodeVersion) to have both"
                        + " installed privately."));
        return of(node, npmCommand(node, npm), project, environment, search);
    }

    /** The Node.js and npm in a folder, laid out as frontend-plugin-core installs them. */
    static NodeRuntime in(Path folder, Map<String, String> environment, ProgramSearch search) {
        Path node = folder.resolve(search.windows() ? "node.exe" : "node");
        return of(node, List.of(node.toString(), folder.resolve(NPM_CLI).toString()), folder, environment, search);
    }

    private static NodeRuntime of(
            Path node, List<String> npm, Path directory, Map<String, String> environment, ProgramSearch search) {
        List<String> answer = new ArrayList<>();
        CommandResult result = new CommandRunner(UnaryOperator.identity())
                .run(Command.of(List.of(node.toString(), "--version"), directory, environment, ANSWER), line -> {
                    if (answer.size() < LONGEST_ANSWER) {
                        answer.add(line);
                    }
                });
        Optional<NodeVersion> version = answer.stream()
                .flatMap(line -> NodeVersion.parse(line).stream())
                .findFirst();
        if (!result.succeeded() || version.isEmpty()) {
            throw new OlympeException("'" + node + " --version' does not answer with a version but with '"
                    + String.join(" ", answer) + "' (exit code " + result.exitCode()
                    + "); put a working Node.js on the PATH, or set the parameter 'nodeVersion' (olympe.nodeVersion).");
        }
        return new NodeRuntime(node, supported(version.get(), node), npm, search);
    }

    private static NodeVersion supported(NodeVersion version, Path node) {
        if (version.compareTo(NodeVersion.OLDEST) < 0) {
            throw new OlympeException(
                    "Olympe needs Node.js " + NodeVersion.OLDEST.major() + " or later, but '" + node + "' is " + version
                            + "; install a newer one, or set the parameter 'nodeVersion' (olympe.nodeVersion).");
        }
        return version;
    }

    /** The command line {@code npm ARGUMENTS}. */
    public List<String> npm(List<String> arguments) {
        List<String> line = new ArrayList<>(npm);
        line.addAll(arguments);
        return line;
    }

    /**
     * The command that a package of the project brings ({@code olympe}), as {@code npx} finds it: in {@code node_modules/.bin} of the
     * project or of its npm workspace.
     *
     * @param folders where packages may be installed, the project's folder first
     */
    public Optional<Path> localCommand(List<Path> folders, String name, Map<String, String> environment) {
        return folders.stream()
                .flatMap(
                        folder -> search.in(folder.resolve("node_modules").resolve(".bin"), name, environment).stream())
                .findFirst();
    }

    /** The environment for what this Node.js runs: it comes first on the PATH, with its npm. */
    public Map<String, String> environment(Map<String, String> environment) {
        return search.withFirst(folder(node), environment);
    }

    /** The folder of the program. */
    public Path folder() {
        return folder(node);
    }

    /** npm's own folder, with its package.json; empty if the program that starts npm hides it, as those of version managers do. */
    public Optional<Path> npmFolder() {
        return npm.size() > 1
                ? Optional.ofNullable(Path.of(npm.get(1)).toAbsolutePath().getParent())
                        .map(Path::getParent)
                : Optional.empty();
    }

    /**
     * Asks Node.js what packages it can use: {@code linux x64 127}, the operating system, the processor and the version of its interface
     * for native packages.
     *
     * @param project the folder to ask in
     */
    public String target(Path project, Map<String, String> environment) {
        List<String> answer = new ArrayList<>();
        CommandResult result = new CommandRunner(UnaryOperator.identity())
                .run(
                        Command.of(
                                List.of(
                                        node.toString(),
                                        "-p",
                                        "[process.platform, process.arch, process.versions.modules].join(' ')"),
                                project,
                                environment,
                                ANSWER),
                        answer::add,
                        line -> {});
        if (!result.succeeded() || answer.isEmpty()) {
            throw new OlympeException("'" + node + "' does not say which platform it is for (exit code "
                    + result.exitCode() + ": " + String.join(" ", result.lastLines())
                    + "); put a working Node.js on the PATH, or set the parameter 'nodeVersion' (olympe.nodeVersion).");
        }
        return answer.get(answer.size() - 1);
    }

    private static Path folder(Path program) {
        return Objects.requireNonNull(program.toAbsolutePath().getParent());
    }

    /**
     * Prefers {@code node npm-cli.js} to the program {@code npm}, which on Windows is a batch file, whose arguments pass through the rules
     * of cmd.exe.
     */
    private static List<String> npmCommand(Path node, Path npm) {
        try {
            Path real = npm.toRealPath();
            if (real.endsWith("npm-cli.js")) {
                return List.of(node.toString(), real.toString());
            }
        } catch (IOException e) {
            return List.of(npm.toString());
        }
        Path beside = npm.resolveSibling(NPM_CLI.toString());
        return Files.isRegularFile(beside) ? List.of(node.toString(), beside.toString()) : List.of(npm.toString());
    }
}
