package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.OtherCheckout;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.goal.log.MaskedFailure;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.registry.Platform;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.exception.DefaultExceptionHandler;
import org.apache.maven.exception.ExceptionSummary;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The line that Maven prints for an error ends with what to do. Maven appends nothing to it, whatever causes the error has. */
class ErrorLineTest {

    private static final DeployBranches MAIN =
            new DeployBranches(BranchPattern.of("deployBranches", "main"), List.of(), Optional.empty());

    /** Returns the line that Maven's command line prints for a goal's failure. */
    static String printed(RuntimeException failure) {
        MavenProject project = new MavenProject();
        project.setArtifactId("shop");
        MojoExecutionException goal = MaskedFailure.of(failure, new SecretMask());
        ExceptionSummary summary = new DefaultExceptionHandler()
                .handleException(new LifecycleExecutionException(PlannedGoals.execution("push"), project, goal));
        return summary.getMessage();
    }

    static Stream<Arguments> mistakes() {
        BuildContext other = new BuildContext(
                "GitHub Actions",
                Optional.empty(),
                Optional.of("2".repeat(40)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OtherCheckout("GitHub Actions", Optional.of("main"), "1".repeat(40), "2".repeat(40))));
        return Stream.of(
                Arguments.of(
                        (Runnable) () -> MAIN.push(other),
                        ": GitHub Actions says that this build is for the commit 11111111 of the branch 'main', but the commit"
                                + " 22222222 is checked out. Check out the commit of the branch, or set the parameter 'branch'"
                                + " (olympe.branch) to the branch that is checked out."),
                Arguments.of(
                        (Runnable) () -> BuildContext.detect(Map.of(), Path.of("/"), Optional.of("a..b")),
                        ": Invalid value for 'branch' (olympe.branch): 'a..b'. It is not the name of a branch."
                                + " Write it as 'main' or 'feature/basket'."),
                Arguments.of(
                        (Runnable) () -> BuildContext.detect(
                                Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "gr\ufffde"),
                                Path.of("/"),
                                Optional.empty()),
                        ": The variable CI_COMMIT_BRANCH of this build has the value 'gr\ufffde', in which letters are lost."
                                + " Set it to a text in UTF-8."),
                Arguments.of(
                        (Runnable) () -> Platform.of("platforms", "linux"),
                        ": Invalid value for 'platforms': 'linux'. Write a platform as"
                                + " 'linux/amd64' or 'linux/arm64/v8'."),
                Arguments.of(
                        (Runnable) () -> FileNames.text(
                                Path.of(URI.create("file:///tmp/B%FCcher")).getFileName()),
                        ": The file name 'B\ufffdcher' is not valid UTF-8. Rename the file."),
                Arguments.of(
                        (Runnable) () ->
                                new Credentials(id -> Optional.empty(), Map.of(), new SecretMask()).deployToken("hook"),
                        ": Invalid value for 'deployServerId': 'hook'. settings.xml has no server with this id. Add a"
                                + " <server> with this <id>, or correct the parameter."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void endsWithWhatToDo(Runnable mistake, String ending) {
        OlympeException failure = catchThrowableOfType(OlympeException.class, mistake::run);

        assertThat(printed(failure))
                .startsWith("Failed to execute goal io.github.olympe:olympe-maven-plugin:1:push")
                .endsWith(ending);
    }

    /** The messages of docs/troubleshooting.md, which are all that there are. */
    @Test
    void everyMessageKeepsItsEnding() throws IOException {
        List<String> messages = Files.readAllLines(Path.of("docs/troubleshooting.md")).stream()
                .filter(line -> line.startsWith("- `"))
                .map(line -> line.substring(3, line.lastIndexOf('`')))
                .toList();

        assertThat(messages).hasSizeGreaterThan(250).allSatisfy(message -> {
            assertThat(message).matches("(?s).*[.…]");
            assertThat(printed(new OlympeException(message, new IOException("broken pipe"))))
                    .endsWith(": " + message);
        });
    }

    @Test
    void aCauseIsNotAppended() {
        IOException cause = new IOException("no route", new ConnectException("Connection refused"));
        cause.addSuppressed(new IllegalStateException("closed"));

        assertThat(printed(new OlympeException("The registry is down; start it.", cause)))
                .endsWith(": The registry is down; start it.");
        assertThat(printed(new OlympeException("The file is broken; correct it.", new ForeignTextCause())))
                .endsWith(": The file is broken; correct it.");
    }

    @Test
    void aFailureWithASecretInACauseKeepsItsEnding() {
        assertThat(printed(new OlympeException(
                        "It failed at https://ann:pw@host/; correct it.", new IOException("https://ann:pw@host/"))))
                .endsWith(": It failed at https://***@host/; correct it.");
    }

    private static final class ForeignTextCause extends IOException {

        private static final long serialVersionUID = 1L;

        ForeignTextCause() {
            super("##vso[task.complete]");
        }
    }
}
