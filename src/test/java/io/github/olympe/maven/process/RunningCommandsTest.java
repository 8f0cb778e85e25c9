package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningCommandsTest {

    @TempDir
    Path project;

    @TempDir
    Path running;

    /** Runs a command that writes on and on, in a JVM that will be killed. */
    static final class Run {

        private Run() {}

        public static void main(String[] arguments) {
            Path project = Path.of(arguments[0]);
            new CommandRunner(new SecretMask(), Optional.of(new RunningCommands(Path.of(arguments[1]))))
                    .run(
                            Command.of(
                                    List.of("sh", "-c", "(while :; do echo x >> written; sleep 0.02; done) & wait"),
                                    project,
                                    NodeFixture.ENVIRONMENT,
                                    Duration.ofMinutes(5)),
                            line -> {});
        }
    }

    @Test
    void whatAKilledJvmLeftRunningIsEnded() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Run.class.getName(),
                        project.toString(),
                        running.toString())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("log").toFile())
                .start();
        Path written = project.resolve("written");
        while (!Files.exists(written)) {
            assertThat(jvm.isAlive())
                    .as(Files.readString(project.resolve("log")))
                    .isTrue();
            Thread.sleep(20);
        }
        RunningCommands commands = new RunningCommands(running);
        assertThat(commands.endAbandoned(project))
                .as("it still runs for its JVM")
                .isEmpty();
        jvm.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        assertThat(commands.endAbandoned(project.resolve("elsewhere"))).isEmpty();

        assertThat(commands.endAbandoned(project.getParent())).isNotEmpty().anyMatch(name -> name.contains("sh"));

        long size = Files.size(written);
        Thread.sleep(200);
        assertThat(written).hasSize(size);
        assertThat(running).isEmptyDirectory();
        assertThat(commands.endAbandoned(project)).isEmpty();
    }

    @Test
    void aCommandThatEndedIsForgotten() throws IOException {
        new CommandRunner(new SecretMask(), Optional.of(new RunningCommands(running)))
                .run(Command.of(List.of("true"), project, NodeFixture.ENVIRONMENT, Duration.ofMinutes(1)), line -> {});
        assertThat(running).isEmptyDirectory();
    }
}
