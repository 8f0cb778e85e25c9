package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandRunnerTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", System.getenv("PATH"));

    @TempDir
    Path directory;

    private final CommandRunner runner = new CommandRunner(new SecretMask()::mask);
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private Command shell(String script, Duration timeout) {
        return Command.of(List.of("sh", "-c", script), directory, ENVIRONMENT, timeout);
    }

    private Command shell(String script) {
        return shell(script, Duration.ofSeconds(30));
    }

    @Test
    void passesOnLinesImmediately() {
        List<Long> times = new ArrayList<>();
        Thread caller = Thread.currentThread();
        CommandResult result = runner.run(shell("echo one; sleep 1; printf 'two\\r\\nthree'"), line -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            lines.add(line);
            times.add(System.nanoTime());
        });
        assertThat(lines).containsExactly("one", "two", "three");
        assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThan(Duration.ofMillis(700));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.lastLines()).containsExactly("one", "two", "three");
    }

    @Test
    void distinguishesOutputFromErrors() {
        List<String> errors = new ArrayList<>();
        runner.run(shell("echo out; echo err >&2"), lines::add, errors::add);
        assertThat(lines).containsExactly("out");
        assertThat(errors).containsExactly("err");
    }

    @Test
    void anExitCodeIsAResult() {
        CommandResult result = runner.run(shell("exit 7"), lines::add);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void hidesSecretsThatItPassesToTheCommand() {
        Command shell = shell("echo \"token $TOKEN\"; env | grep -c TOKEN");
        Command command = shell.withSecrets(Map.of("TOKEN", Secret.of("s3cr3t-value")));
        CommandResult result = runner.run(command, lines::add);
        assertThat(lines).containsExactly("token ***", "1");
        assertThat(result.lastLines()).doesNotContain("token s3cr3t-value");
        assertThat(command.toString()).doesNotContain("s3cr3t-value");
    }

    @Test
    void inheritsNothingButItsEnvironment() {
        Command shell = shell("echo ${HOME:-none} ${OWN:-none}");
        Map<String, String> environment = new TreeMap<>(ENVIRONMENT);
        environment.put("OWN", "mine");
        runner.run(Command.of(shell.line(), directory, environment, shell.timeout()), lines::add);
        assertThat(lines).containsExactly("none mine");
    }

    @Test
    void commandReadsItsInputToTheEnd() {
        runner.run(shell("cat; echo end").withInput("docker.io"), lines::add);
        runner.run(shell("cat; echo end"), lines::add);
        runner.run(shell("true").withInput("nobody reads this"), lines::add);
        assertThat(lines).containsExactly("docker.ioend", "end");
    }

    /** A build daemon that a script starts on purpose outlives the script, and may keep its output open. */
    @Test
    void doesNotWaitForADaemonThatKeepsTheOutputOpen() throws Exception {
        CommandResult result = runner.run(shell("(sleep 1000 & echo $! > daemon); echo end"), lines::add);
        assertThat(lines).containsExactly("end");
        assertThat(result.succeeded()).isTrue();
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(20));
        long daemon =
                Long.parseLong(Files.readString(directory.resolve("daemon")).strip());
        assertThat(runs(daemon)).isTrue();
        ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** A variable keeps its bytes, whatever the locale. */
    @Test
    void keepsVariablesThatTheLocaleCannotRepresent() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Echo.class.getName(),
                directory.toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("NAME", "J\u00fcrgen");
        Process jvm = builder.redirectErrorStream(true).start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("4a c3 bc 72")
                .contains("cannot be run with '")
                .contains("set the environment variable LC_ALL");
    }

    /** What the test of the locale runs in another JVM. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] arguments) {
            CommandRunner runner = new CommandRunner(new SecretMask()::mask);
            runner.run(
                    Command.of(
                            List.of("sh", "-c", "printf %s \"$NAME\" | od -An -tx1"),
                            Path.of(arguments[0]),
                            System.getenv(),
                            Duration.ofMinutes(1)),
                    System.out::println);
            try {
                runner.run(
                        Command.of(
                                List.of("echo", "J\u00fcrgen"),
                                Path.of(arguments[0]),
                                System.getenv(),
                                Duration.ofMinutes(1)),
                        System.out::println);
            } catch (OlympeException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void keepsOnlyTheLastLines() {
        CommandResult result = runner.run(shell("seq 1 100000"), lines::add);
        assertThat(lines).hasSize(100_000);
        assertThat(result.lastLines()).hasSize(40).endsWith("100000");
    }

    @Test
    void endsACommandThatPrintsForeverAtTheTimeLimit() {
        CommandResult result = runner.run(shell("exec yes", Duration.ofSeconds(1)), line -> {});
        assertThat(result.timedOut()).isTrue();
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void needsLittleMemoryForAnyOutput() throws Exception {
        Path said = directory.resolve("said");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Chatter.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(jvm.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .content()
                .isEqualToIgnoringNewLines("exit code 0, 3000001 lines, the longest of 196638 characters");
    }

    /** What the test of memory runs in another JVM: a line of 300 MB, then lines that come faster than they are read. */
    static final class Chatter {

        private Chatter() {}

        public static void main(String[] arguments) {
            int[] count = new int[1];
            int[] longest = new int[1];
            CommandResult result = new CommandRunner(new SecretMask()::mask)
                    .run(
                            Command.of(
                                    List.of(
                                            "sh",
                                            "-c",
                                            "head -c 300000000 /dev/zero | tr '\\0' x; echo; yes | head -n 3000000"),
                                    Path.of(arguments[0]),
                                    ENVIRONMENT,
                                    Duration.ofMinutes(1)),
                            line -> {
                                count[0]++;
                                longest[0] = Math.max(longest[0], line.length());
                            });
            System.out.println("exit code " + result.exitCode() + ", " + count[0] + " lines, the longest of "
                    + longest[0] + " characters");
        }
    }

    @Test
    void aMissingProgramIsAnError() {
        assertThatThrownBy(() -> runner.run(
                        Command.of(List.of("/no/such/program"), directory, ENVIRONMENT, Duration.ofSeconds(5)),
                        lines::add))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("'/no/such/program' cannot be run (")
                .hasMessageEndingWith("; check that it exists and is executable.");
        assertThatThrownBy(() -> runner.run(
                        Command.of(List.of("sh"), directory.resolve("none"), ENVIRONMENT, Duration.ofSeconds(5)),
                        lines::add))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not exist; check the parameter 'projectDirectory'");
    }

    @Test
    void endsTheWholeProcessTreeAtTheTimeLimit() throws Exception {
        // A child, a grandchild that ignores the request to end, and a daemon whose parent has ended.
        CommandResult result = runner.run(
                shell(
                        "(sh -c \"trap '' TERM; echo \\$\\$ > ignoring; while :; do sleep 1; done\") & "
                                + "(setsid sh -c 'echo $$ > daemon; exec sleep 1000' </dev/null >/dev/null 2>&1 & ) ; "
                                + "sleep 1000",
                        Duration.ofSeconds(1)),
                lines::add);
        assertThat(result.timedOut()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertNothingRuns("ignoring", "daemon");
    }

    @Test
    void endsTheWholeProcessTreeIfTheThreadIsInterrupted() throws Exception {
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch started = new CountDownLatch(1);
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                runner.run(
                        shell("sh -c 'echo $$ > child; echo started; sleep 1000' & sleep 1000"),
                        line -> started.countDown());
            } catch (OlympeException e) {
                thrown.add(e);
                interrupted.add(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        thread.join();
        assertThat(thrown).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("'sh' was interrupted"));
        assertThat(interrupted).containsExactly(true);
        assertNothingRuns("child");
    }

    @Test
    void endsTheWholeProcessTreeIfTheJvmEnds() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sleeper.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(jvm.inputReader().readLine()).isEqualTo("started");
        jvm.destroy();
        jvm.waitFor();
        assertNothingRuns("child");
    }

    /** What the test of the JVM's end runs in another JVM. */
    static final class Sleeper {

        private Sleeper() {}

        public static void main(String[] arguments) {
            new CommandRunner(new SecretMask()::mask)
                    .run(
                            Command.of(
                                    List.of(
                                            "sh",
                                            "-c",
                                            "sh -c 'echo $$ > child; echo started; sleep 1000' & sleep 1000"),
                                    Path.of(arguments[0]),
                                    ENVIRONMENT,
                                    Duration.ofMinutes(1)),
                            System.out::println);
        }
    }

    private void assertNothingRuns(String... files) throws Exception {
        for (String file : files) {
            long pid = Long.parseLong(Files.readString(directory.resolve(file)).strip());
            assertThat(runs(pid)).as("%s, process %s", file, pid).isFalse();
        }
    }

    /** Whether a process runs. A process that has ended but whose parent has not asked for its exit code (a zombie) does not. */
    private static boolean runs(long pid) throws Exception {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
                && !(Files.exists(status) && Files.readString(status).contains("State:\tZ"));
    }
}
