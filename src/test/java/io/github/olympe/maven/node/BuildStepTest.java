package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BuildStepTest {

    @TempDir
    Path project;

    @TempDir
    Path marks;

    private final NodeFixture fixture = new NodeFixture();

    private BuildOutput output(String folder, boolean codeAsData, Path... without) {
        return new BuildOutput(project, Path.of(folder), "frontend/source", List.of(without), codeAsData);
    }

    private void run(Consumer<Npm> command, BuildOutput... outputs) {
        new BuildStep("frontend", "npm run build", command, List.of(outputs))
                .run(fixture.npm(project), new UnfinishedBuilds(marks));
    }

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    @Test
    void outputOfAnEarlierBuildDoesNotCountAsTheResult() {
        write("dist/web/old.js", "old");
        assertThatThrownBy(() -> run(npm -> {}, output("dist/web", false)))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "'npm run build' succeeded but made no folder 'dist/web'; let it write there, or set the parameter"
                                + " 'frontend/source' to the folder that it makes.");
        assertThat(project.resolve("dist/web")).doesNotExist();
    }

    @Test
    void anEmptyOutputIsAnError() {
        assertThatThrownBy(() ->
                        run(npm -> project.resolve("dist/web/empty").toFile().mkdirs(), output("dist/web", false)))
                .hasMessageContaining("left the folder 'dist/web' empty");
        assertThat(project.resolve("dist/web")).doesNotExist();
    }

    @Test
    void leftoversOfAFailedRunAreDeleted() {
        assertThatThrownBy(() -> run(
                        npm -> {
                            write("dist/web/half.js", "half");
                            throw new OlympeException("failed");
                        },
                        output("dist/web", false)))
                .hasMessage("failed");
        assertThat(project.resolve("dist/web")).doesNotExist();
        assertThat(fixture.said()).containsExactly("removed web");
    }

    @Test
    void outputOfOtherStepsIsLeftAlone() {
        write("dist/codeAsData/import_order.json", "[]");
        write("dist/old.js", "old");
        Path codeAsData = project.resolve("dist/codeAsData");
        run(npm -> write("dist/new.js", "new"), output("dist", false, codeAsData));
        assertThat(project.resolve("dist/codeAsData/import_order.json")).exists();
        assertThat(project.resolve("dist/old.js")).doesNotExist();
        assertThat(project.resolve("dist/new.js")).exists();
        assertThatThrownBy(() -> run(npm -> {}, output("dist", false, codeAsData)))
                .hasMessageContaining("left the folder 'dist' empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "",
                "..",
                "/",
                "/etc",
                "../other",
                "src",
                "src/web",
                "snapshot",
                "snapshot/x",
                "node_modules/x",
                "dist/.."
            })
    void neverEmptiesWhatAProjectIsMadeOf(String folder) {
        assertThatThrownBy(() -> output(folder, false))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Invalid value for 'frontend/source': '")
                .hasMessageContaining("A build step empties its output first. Give it a folder of its own in '");
    }

    @Test
    void neverEmptiesAFolderWithTrackedFiles() throws Exception {
        write("public/index.html", "mine");
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            git.add().addFilepattern("public").call();
        }
        assertThatThrownBy(() -> run(npm -> write("public/main.js", ""), output("public", false)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Git tracks files there");
        assertThat(project.resolve("public/index.html")).exists();
    }

    @Test
    void aSymbolicLinkIsRemovedAndNotFollowed() throws Exception {
        write("elsewhere/kept.js", "kept");
        Files.createDirectories(project.resolve("dist"));
        Files.createSymbolicLink(project.resolve("dist/web"), project.resolve("elsewhere"));
        run(npm -> write("dist/web/main.js", ""), output("dist/web", false));
        assertThat(project.resolve("elsewhere/kept.js")).exists();
        assertThat(project.resolve("dist/web")).isDirectory().isNotEqualTo(project.resolve("elsewhere"));
        assertThat(Files.isSymbolicLink(project.resolve("dist/web"))).isFalse();
    }

    @Test
    void codeAsDataMustHaveEachFolderOfItsImportOrder() {
        run(
                npm -> {
                    write("dist/codeAsData/import_order.json", "[{\"name\": \"@acme/shop\", \"path\": \"acme.shop\"}]");
                    write("dist/codeAsData/acme.shop/.Shop.newInst.json", "{}");
                },
                output("dist/codeAsData", true));
        assertThat(project.resolve("dist/codeAsData")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'path': 'gone'}]           | names the folder 'gone', which does not exist",
                "[{'path': '../..'}]          | names the folder '../..', which does not exist",
                "[{'path': ''}]               | names the folder '', which does not exist",
                "[{'path': '/etc'}]           | names the folder '/etc', which does not exist",
                "[{'path': 7}]                | names the folder '{\"path\":7}', which does not exist",
                "[7]                          | names the folder '7', which does not exist",
                "[]                           | with the list of folders to import",
                "{}                           | with the list of folders to import",
                "[{'path':                    | that is not valid JSON",
                "''                           | it is empty",
            })
    void aBrokenImportOrderIsAnError(String content, String message) {
        assertThatThrownBy(() -> run(
                        npm -> {
                            write("dist/codeAsData/import_order.json", content.replace('\'', '"'));
                            write("dist/codeAsData/acme.shop/.Shop.newInst.json", "{}");
                        },
                        output("dist/codeAsData", true)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(message);
        assertThat(project.resolve("dist/codeAsData")).doesNotExist();
    }

    private BuildStep shell(String name, String script) {
        return new BuildStep(
                name,
                script,
                npm -> {
                    Command command = Command.of(
                            List.of("sh", "-c", script), project, NodeFixture.ENVIRONMENT, Duration.ofSeconds(60));
                    if (!npm.runner().run(command, npm.log()::output).succeeded()) {
                        throw new OlympeException(name + " failed");
                    }
                },
                List.of(output("dist/" + name, false)));
    }

    @Test
    void parallelStepsMarkTheirLines() {
        // Each waits for the other, so they would never end if they ran one after the other.
        BuildStep.runAtOnce(
                List.of(
                        shell(
                                "web",
                                "touch one; until [ -e two ]; do sleep 0.05; done; mkdir -p dist/web; echo w > dist/web/x; echo hello"),
                        shell(
                                "node",
                                "touch two; until [ -e one ]; do sleep 0.05; done; mkdir -p dist/node; echo n > dist/node/x; echo world")),
                fixture.npm(project),
                this::run);
        assertThat(fixture.said()).containsExactlyInAnyOrder("> [web] hello", "> [node] world");
    }

    @Test
    void ifOneParallelStepFailsTheOtherIsEnded() throws Exception {
        assertThatThrownBy(() -> BuildStep.runAtOnce(
                        List.of(
                                shell("web", "until [ -e pid ]; do sleep 0.05; done; exit 1"),
                                shell("node", "mkdir -p dist/node; echo n > dist/node/x; echo $$ > pid; sleep 1000")),
                        fixture.npm(project),
                        this::run))
                .isInstanceOf(OlympeException.class)
                .hasMessage("web failed");
        long pid = Long.parseLong(Files.readString(project.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(project.resolve("dist/node")).doesNotExist();
    }

    private void run(BuildStep step, Npm npm) {
        step.run(npm, new UnfinishedBuilds(marks));
    }

    @Test
    void whileItRunsItsOutputsAreNotTrusted() throws IOException {
        UnfinishedBuilds unfinished = new UnfinishedBuilds(marks);
        Path web = project.resolve("dist/web");
        List<String> refusals = new ArrayList<>();
        Consumer<Npm> command = npm -> {
            for (Path packed :
                    List.of(web, web.resolve("app"), project.resolve("dist"), project.resolve("dist/node"))) {
                try {
                    unfinished.requireFinished(project, packed);
                } catch (OlympeException e) {
                    refusals.add(e.getMessage());
                }
            }
            NodeFixture.write(project, "dist/web/index.html", "");
        };
        BuildStep step = new BuildStep(
                "code as data",
                "npm run build",
                command,
                List.of(new BuildOutput(project, Path.of("dist/web"), "frontend.source", List.of(), false)));

        step.run(fixture.npm(project), unfinished);

        assertThat(refusals)
                .hasSize(3)
                .containsOnly("The folder '" + web
                        + "' may be incomplete, because 'npm run build' was interrupted or still runs; build it again, or delete '"
                        + marks.resolve("code-as-data.unfinished")
                        + "' if it has been built since without the plugin.");
        unfinished.requireFinished(project, web);
        assertThat(marks).isEmptyDirectory();
    }

    @Test
    void aFailureLeavesNoMark() {
        assertThatThrownBy(() -> run(shell("web", "exit 1"), fixture.npm(project)))
                .isInstanceOf(OlympeException.class);
        assertThat(marks).isEmptyDirectory();
    }
}
