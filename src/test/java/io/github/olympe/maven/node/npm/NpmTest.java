package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How npm and a package's commands are called. Their part is played by scripts. */
class NpmTest {

    @TempDir
    Path folder;

    @TempDir
    Path project;

    private NpmStandIn node;
    private Npm npm;

    @BeforeEach
    void writeProject() {
        node = new NpmStandIn(folder);
        NodeFixture.write(project, "package.json", "{}");
        npm = node.npm(project);
    }

    @Test
    void itsOutputIsShown() {
        node.does("echo \"$@\"; pwd; echo on standard error >&2");
        npm.run("run", "build");
        assertThat(node.log.said())
                .startsWith("running npm run build")
                .contains("> run build", "> " + npm.project(), "> on standard error");
    }

    @Test
    void anAnswerIsNotShown() {
        node.does("echo yes; echo a warning >&2; exit 4");
        List<String> answer = new ArrayList<>();
        assertThat(npm.ask(List.of("view"), answer::add).exitCode()).isEqualTo(4);
        assertThat(answer).containsExactly("yes");
        assertThat(node.log.said()).isEmpty();
    }

    @Test
    void aFailureIsSaidWithItsExitCode() {
        node.does("exit 7");
        assertThatThrownBy(() -> npm.run("test"))
                .isInstanceOf(OlympeException.class)
                .hasMessage("'npm test' failed with exit code 7 in '" + project + "'; its output above says why.");
        assertThat(node.log.said()).containsExactly("running npm test", "failed");
    }

    @Test
    void whatRunsTooLongIsEnded() {
        node.does("exec sleep 100");
        Npm hasty = npm.within(Duration.ofMillis(100));
        for (Runnable run : List.<Runnable>of(() -> hasty.run("test"), () -> hasty.ask(List.of("test"), line -> {}))) {
            assertThatThrownBy(run::run)
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("'npm test' ran longer than 0 seconds and was ended with everything")
                    .hasMessageContaining("'npmTimeout' (olympe.npmTimeout)");
        }
    }

    @Test
    void variablesAndSecretsAreAdded() {
        node.does("echo $a $b $c $d");
        Npm more = npm.with(Map.of("a", "1", "b", "0"))
                .with(Map.of("b", "2"))
                .withSecrets(Map.of("c", Secret.of("s3cret")))
                .withSecrets(Map.of("d", Secret.of("t0ken")));
        more.run("test");
        assertThat(node.log.said()).as("with secrets hidden").contains("> 1 2 *** ***");
        more.withoutSecrets().run("test");
        assertThat(node.log.said()).contains("> 1 2");
    }

    @Test
    void anotherLogMayHear() {
        node.does("exit 0");
        NodeFixture other = new NodeFixture();
        npm.with(other).run("ci", "--version");
        assertThat(other.said()).startsWith("running npm ci --version");
        assertThat(node.log.said()).isEmpty();
    }

    @Test
    void aPackagesCommandRunsInTheProject() {
        NodeFixture.write(project, "node_modules/.bin/olympe", "#!/bin/sh\necho \"$@\"; pwd\n");
        Path command = project.resolve("node_modules/.bin/olympe");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        assertThat(npm.localCommand("olympe", "@olympe/cli")).isEqualTo(command);
        npm.runLocal("olympe", "@olympe/cli", List.of("build", "--all"));
        assertThat(node.log.said()).containsExactly("running npx olympe build --all", "> build --all", "> " + project);
        npm.runLocal("olympe", "@olympe/cli", List.of());
        assertThat(node.log.said()).startsWith("running npx olympe");
    }

    @Test
    void aCommandThatNoPackageBringsIsAnErrorThatNamesThePackage() {
        assertThatThrownBy(() -> npm.runLocal("olympe", "@olympe/cli", List.of()))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The project in '" + project
                        + "' has no command 'olympe' in node_modules/.bin; add @olympe/cli to the"
                        + " devDependencies of package.json and run 'npm install'.");
    }
}
