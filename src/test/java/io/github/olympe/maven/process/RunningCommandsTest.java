package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.node.NodeFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningCommandsTest {

    @TempDir
    Path project;

    @TempDir
    Path running;

    @TempDir
    Path locks;

    private RunningCommands commands;
    private Process jvm;
    private ProcessHandle command;

    /** Runs a command that never ends, in a JVM that will be killed. */
    static final class Run {

        private Run() {}

        public static void main(String[] arguments) {
            Path project = Path.of(arguments[0]);
            new CommandRunner(UnaryOperator.identity(), Optional.of(new RunningCommands(Path.of(arguments[1]))))
                    .run(
                            Command.of(
                                    List.of("sh", "-c", "echo $$; exec sleep 1000"),
                                    project,
                                    NodeFixture.ENVIRONMENT,
                                    Duration.ofMinutes(5)),
                            System.out::println);
        }
    }

    @BeforeEach
    void startCommandInAnotherJvm() throws IOException {
        commands = new RunningCommands(running);
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Run.class.getName(),
                        project.toString(),
                        running.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = jvm.inputReader();
        command = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
    }

    @AfterEach
    void end() {
        command.destroyForcibly();
        jvm.destroyForcibly();
    }

    private void kill() throws InterruptedException {
        jvm.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    /** Returns the file that records the command, changed so that it names another process. */
    private void rewrite(String regex, String replacement) throws IOException {
        try (var files = Files.list(running)) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, Files.readString(file).replaceFirst(regex, replacement));
        }
    }

    @Test
    void endsCommandsThatAKilledJvmLeftRunning() throws Exception {
        kill();
        assertThat(commands.endAbandoned(project.resolve("elsewhere"), locks)).isEmpty();
        assertThat(command.isAlive()).isTrue();

        assertThat(commands.endAbandoned(project, locks))
                .singleElement()
                .asString()
                .contains("sleep", "(" + command.pid() + ")");
        command.onExit().get(20, TimeUnit.SECONDS);
        assertThat(running).isEmptyDirectory();
        assertThat(commands.endAbandoned(project, locks)).isEmpty();
    }

    @Test
    void commandsOfALiveJvmAreLeftAlone() {
        assertThat(commands.endAbandoned(project, locks)).isEmpty();
        assertThat(commands.endAbandoned(project.getParent(), locks)).isEmpty();
        assertThat(command.isAlive()).isTrue();
        assertThat(running).isNotEmptyDirectory();
    }

    @Test
    void aParentFolderEndsCommandsLeftBelowIt() throws Exception {
        kill();
        assertThat(commands.endAbandoned(project.getParent(), locks)).hasSize(1);
    }

    @Test
    void aParentFolderLeavesASubfolderOfAnotherBuildAlone() throws Exception {
        kill();
        try (FolderLock lock = FolderLock.take(project, locks, folder -> {})) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(commands.endAbandoned(project.getParent(), locks)).isEmpty();
            assertThat(command.isAlive()).isTrue();
        }
        assertThat(commands.endAbandoned(project.getParent(), locks)).hasSize(1);
    }

    @Test
    void aProcessOfAnotherContainerIsLeftAlone() throws Exception {
        kill();
        rewrite("pid:\\[\\d+]", "pid:[1]");
        assertThat(commands.endAbandoned(project, locks)).isEmpty();
        assertThat(command.isAlive()).isTrue();
    }

    @Test
    void aProcessOfAnotherMachineIsLeftAlone() throws Exception {
        kill();
        rewrite("^[0-9a-f-]{36}", "00000000-0000-0000-0000-000000000000");
        assertThat(commands.endAbandoned(project, locks)).isEmpty();
        assertThat(command.isAlive()).isTrue();
    }

    /** Its process id now belongs to another process. */
    @Test
    void aJvmHasEndedIfItsProcessIdHasAnotherStartTime() throws Exception {
        rewrite(" \\d+\n", " 1\n");
        assertThat(commands.endAbandoned(project, locks)).hasSize(1);
    }

    @Test
    void anUnclearFileIsDeletedAfterAMonth() throws IOException {
        Path other = Files.writeString(running.resolve("other"), "something else");
        commands.endAbandoned(project, locks);
        assertThat(other).exists();
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        commands.endAbandoned(project, locks);
        assertThat(other).doesNotExist();
    }

    @Test
    void aCommandThatEndedIsForgotten(@TempDir Path empty) {
        new CommandRunner(UnaryOperator.identity(), Optional.of(new RunningCommands(empty)))
                .run(Command.of(List.of("true"), project, NodeFixture.ENVIRONMENT, Duration.ofMinutes(1)), line -> {});
        assertThat(empty).isEmptyDirectory();
    }
}
