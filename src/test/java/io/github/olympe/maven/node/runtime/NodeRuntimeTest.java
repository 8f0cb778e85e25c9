package io.github.olympe.maven.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.process.ProgramSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRuntimeTest {

    private static final ProgramSearch LINUX = new ProgramSearch(false);
    private static final ProgramSearch WINDOWS = new ProgramSearch(true);

    @TempDir
    Path folder;

    private Path program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Map<String, String> path(Path... folders) {
        return Map.of(
                "PATH",
                String.join(":", List.of(folders).stream().map(Path::toString).toList()));
    }

    @Test
    void usesTheNodeOnThePath() {
        NodeRuntime runtime = NodeRuntime.onPath(folder, System.getenv(), LINUX);
        assertThat(runtime.version()).isGreaterThanOrEqualTo(NodeVersion.OLDEST);
        assertThat(runtime.npm(List.of("ci"))).first().isEqualTo(runtime.node().toString());
        assertThat(runtime.npm(List.of("ci")).get(1)).endsWith("npm-cli.js");
        assertThat(runtime.environment(Map.of("PATH", "/x")).get("PATH"))
                .isEqualTo(runtime.node().getParent() + ":/x");
    }

    @Test
    void aMissingNodeIsAnError() {
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, path(folder), LINUX))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "There is no Node.js on the PATH; install Node.js 18 or later, or set the parameter 'nodeVersion'"
                                + " (olympe.nodeVersion) to have one installed privately.");
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, Map.of(), LINUX)).isInstanceOf(OlympeException.class);
    }

    @Test
    void aMissingNpmIsAnError() throws IOException {
        program("node", "#!/bin/sh\necho v20.1.2\n");
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, path(folder), LINUX))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("but no npm; install npm, or set");
    }

    @Test
    void anOldNodeIsAnErrorThatNamesItsVersion() throws IOException {
        program("npm", "");
        Path node = program("node", "#!/bin/sh\necho v16.20.2\n");
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, path(folder), LINUX))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Olympe needs Node.js 18 or later, but '" + node
                                + "' is 16.20.2; install a newer one, or set the parameter 'nodeVersion' (olympe.nodeVersion).");
    }

    @Test
    void aNodeThatDoesNotAnswerIsAnError() throws IOException {
        program("npm", "");
        program("node", "#!/bin/sh\necho broken; exit 3\n");
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, path(folder), LINUX))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not answer with a version but with 'broken' (exit code 3)");
    }

    @Test
    void aShimOfAVersionManagerIsRunUnchanged() throws IOException {
        program("node", "#!/bin/sh\necho v20.1.2\n");
        Path npm = program("npm", "#!/bin/sh\n");
        assertThat(NodeRuntime.onPath(folder, path(folder), LINUX).npm(List.of("ci")))
                .containsExactly(npm.toString(), "ci");
    }

    /** The shims of nodenv, asdf, mise and Volta run the version for the folder that they are called in. */
    @Test
    void aVersionManagerRunsInTheProjectsFolder() throws IOException {
        program("npm", "#!/bin/sh\n");
        program("node", "#!/bin/sh\nif [ -f .node-version ]; then echo v20.20.2; else echo v16.20.2; fi\n");
        Path project = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(project.resolve(".node-version"), "20.20.2");
        assertThat(NodeRuntime.onPath(project, path(folder), LINUX).version()).hasToString("20.20.2");
        assertThatThrownBy(() -> NodeRuntime.onPath(folder, path(folder), LINUX))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("is 16.20.2");
    }

    @Test
    void onWindowsNodeRunsNpmInsteadOfABatchFile() throws IOException {
        Path node = program("nodejs/node.exe", "#!/bin/sh\necho v20.1.2\n");
        program("nodejs/npm.cmd", "");
        Path cli = program("nodejs/node_modules/npm/bin/npm-cli.js", "");
        NodeRuntime runtime =
                NodeRuntime.onPath(folder, Map.of("Path", node.getParent().toString()), WINDOWS);
        assertThat(runtime.npm(List.of("ci"))).containsExactly(node.toString(), cli.toString(), "ci");
    }

    @Test
    void findsAPackagesCommandInTheProjectOrAboveIt() throws IOException {
        Path project = Files.createDirectories(folder.resolve("apps/shop"));
        NodeRuntime runtime = NodeFixture.RUNTIME;
        assertThat(runtime.localCommand(List.of(project, folder), "olympe", Map.of()))
                .isEmpty();
        Path above = program("node_modules/.bin/olympe", "");
        assertThat(runtime.localCommand(List.of(project, folder), "olympe", Map.of()))
                .contains(above);
        Path own = program("apps/shop/node_modules/.bin/olympe", "");
        assertThat(runtime.localCommand(List.of(project, folder), "olympe", Map.of()))
                .contains(own);
        program("apps/shop/node_modules/.bin/olympe.cmd", "");
        assertThat(new NodeRuntime(runtime.node(), runtime.version(), List.of("npm"), WINDOWS)
                        .localCommand(List.of(project, folder), "olympe", Map.of()))
                .contains(own.resolveSibling("olympe.cmd"));
    }
}
