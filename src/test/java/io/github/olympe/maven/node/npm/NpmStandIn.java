package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.node.runtime.NodeVersion;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.process.RunningCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A stand-in for Node.js and npm, for what happens before and after npm runs: a shell script that says for which platform it is, and does
 * what the test wants where npm would run. That takes milliseconds, the real one a second. With it goes a project with one package.
 */
final class NpmStandIn {

    /** Does what {@code npm ci} does, as far as the tests need it: the packages are there, and npm's list of them. */
    static final String INSTALLS = """
            rm -rf node_modules; mkdir -p node_modules/one
            echo '{"name": "one", "version": "1.0.0"}' > node_modules/one/package.json
            cp package-lock.json node_modules/.package-lock.json
            """;

    static final String ONE =
            "\"version\": \"1.0.0\", \"resolved\": \"https://npm.example.com/one.tgz\", \"integrity\": \"sha512-A\"";

    final NodeFixture log = new NodeFixture();
    private final Path folder;

    NpmStandIn(Path folder) {
        this.folder = folder;
        NodeFixture.write(folder, "bin/node", """
                #!/bin/sh
                if [ "$1" = -p ]; then echo "linux x64 127"; exit; fi
                shift
                PATH=/usr/bin:/bin
                . "${0%/*}/npm.sh"
                """);
        if (!folder.resolve("bin/node").toFile().setExecutable(true)) {
            throw new IllegalStateException("no permission");
        }
        NodeFixture.write(folder, "lib/node_modules/npm/package.json", "{\"name\": \"npm\", \"version\": \"10.9.0\"}");
        does(INSTALLS);
    }

    /** Sets what runs in place of npm: a shell script with npm's arguments. */
    void does(String script) {
        NodeFixture.write(folder, "bin/npm.sh", script);
    }

    Map<String, String> environment() {
        return Map.of("PATH", folder.resolve("programs").toString(), "HOME", folder.toString());
    }

    NodeRuntime runtime(String version) {
        Path node = folder.resolve("bin/node");
        return new NodeRuntime(
                node,
                NodeVersion.parse(version).orElseThrow(),
                List.of(
                        node.toString(),
                        folder.resolve("lib/node_modules/npm/bin/npm-cli.js").toString()),
                new ProgramSearch(false));
    }

    Npm npm(Path project) {
        return npm(project, runtime("20.1.2"));
    }

    Npm npm(Path project, NodeRuntime runtime) {
        return new Npm(
                runtime,
                new CommandRunner(
                        UnaryOperator.identity(), Optional.of(new RunningCommands(folder.resolve("running")))),
                Workspace.of(project),
                environment(),
                Duration.ofSeconds(60),
                log);
    }

    /** Where running commands are recorded. */
    Path running() {
        return folder.resolve("running");
    }

    /** Writes a project with a package, and its lock file. */
    static void writeProject(Path project) {
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "dependencies": {"one": "1.0.0"}}
                """);
        NodeFixture.write(project, "package-lock.json", """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "": {"name": "shop", "version": "1.0.0", "dependencies": {"one": "1.0.0"}},
                  "node_modules/one": {%s}}}
                """.formatted(ONE));
    }

    /** Writes what npm has left behind after someone called {@code npm ci} in the project. */
    static void writePackages(Path project) {
        NodeFixture.write(project, "node_modules/.package-lock.json", """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {"node_modules/one": {%s}}}
                """.formatted(ONE));
        NodeFixture.write(project, "node_modules/one/package.json", "{\"name\": \"one\", \"version\": \"1.0.0\"}");
    }

    /** Replaces a text in a file of a project, which must have it. */
    static void replace(Path project, String file, String text, String replacement) {
        try {
            Path path = project.resolve(file);
            String content = Files.readString(path);
            if (!content.contains(text)) {
                throw new IllegalStateException("no " + text + " in " + content);
            }
            Files.writeString(path, content.replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
