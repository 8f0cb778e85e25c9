package io.github.olympe.maven.process;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands: hands on each line of output as it comes, with secrets hidden, and leaves no process behind. When the time limit passes,
 * the calling thread is interrupted or the JVM ends (Ctrl-C), the command is ended with everything that it started.
 *
 * <p>Standard input is empty, so that a command that asks a question fails rather than waits.
 *
 * @param mask hides secrets in the output
 * @param running where it is noted what runs; absent for commands that write nothing
 */
public record CommandRunner(SecretMask mask, Optional<RunningCommands> running) {

    /** After how much silence a line says that the command still runs, so that nobody takes a long one for a dead one. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** One whose commands write nothing. */
    public CommandRunner(SecretMask mask) {
        this(mask, Optional.empty());
    }

    /**
     * Runs the command to its end. Any exit code is a result, not a failure. While the command is silent, a line now and then says that it
     * still runs.
     *
     * @param lines takes each line of standard output and standard error, in the calling thread
     * @throws OlympeException if the program cannot be started, or if the thread is interrupted (which it then still is)
     */
    public CommandResult run(Command command, Consumer<String> lines) {
        return run(
                command,
                lines,
                lines,
                elapsed -> lines.accept(
                        "… '" + program(command) + "' still runs, after " + elapsed.toSeconds() + " seconds"));
    }

    /** Whether this is the environment of a process that a command runner has started, or of one that such a process has. */
    public static boolean isRunning(Map<String, String> environment) {
        return environment.containsKey(ProcessTree.MARK);
    }

    /** As {@link #run(Command, Consumer)}, with the lines of standard output and of standard error told apart, and no others. */
    public CommandResult run(Command command, Consumer<String> output, Consumer<String> errors) {
        return run(command, output, errors, elapsed -> {});
    }

    private CommandResult run(
            Command command, Consumer<String> output, Consumer<String> errors, Consumer<Duration> silence) {
        if (!Files.isDirectory(command.directory())) {
            throw new OlympeException(String.format(
                    "The folder '%s', in which '%s' is to run, does not exist; check the parameter 'projectDirectory'.",
                    command.directory(), program(command)));
        }
        command.secrets().values().forEach(mask::add);
        return new Run(this, command, output, errors, silence).call();
    }

    private static String program(Command command) {
        return String.valueOf(Path.of(command.line().get(0)).getFileName());
    }

    /** One run of a command. The output's threads put what has happened into a queue, and the calling thread tells of it. */
    private static final class Run implements ExecuteResultHandler {

        private static final int LAST_LINES = 40;

        /** How many lines wait to be told; a command that prints faster than they are told waits, too. */
        private static final int MOST_WAITING = 100;

        private final Command command;
        private final SecretMask mask;
        private final Optional<RunningCommands> running;
        private final Consumer<String> output;
        private final Consumer<String> errors;
        private final Consumer<Duration> silence;
        private final ProcessTree tree = new ProcessTree(UUID.randomUUID().toString());
        private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(MOST_WAITING);
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private final Deque<String> lastLines = new ArrayDeque<>();
        private final long start = System.nanoTime();
        private volatile boolean over;

        Run(
                CommandRunner runner,
                Command command,
                Consumer<String> output,
                Consumer<String> errors,
                Consumer<Duration> silence) {
            this.command = command;
            this.mask = runner.mask();
            this.running = runner.running();
            this.output = output;
            this.errors = errors;
            this.silence = silence;
        }

        CommandResult call() {
            Thread hook = new Thread(tree::end, "olympe-end-processes");
            Runtime.getRuntime().addShutdownHook(hook);
            running.ifPresent(commands -> commands.begin(tree.mark(), command.directory()));
            try {
                startProcess();
                boolean timedOut = !tellUntilEnd(start + command.timeout().toNanos());
                if (timedOut) {
                    tree.end();
                    tellUntilEnd(System.nanoTime() + ProcessTree.GRACE.toNanos());
                }
                Duration duration = Duration.ofNanos(System.nanoTime() - start);
                return new CommandResult(exitCode(), timedOut, duration, List.copyOf(lastLines));
            } catch (InterruptedException e) {
                tree.end();
                Thread.currentThread().interrupt();
                throw new OlympeException(String.format(
                        "'%s' was interrupted, and was ended with everything that it had started.", program(command)));
            } finally {
                over = true;
                if (!exitCode.isDone()) {
                    tree.end();
                }
                running.ifPresent(commands -> commands.end(tree.mark()));
                remove(hook);
            }
        }

        private void startProcess() {
            DefaultExecutor executor = DefaultExecutor.builder()
                    .setThreadFactory(Run::daemon)
                    .setWorkingDirectory(command.directory())
                    .setExecuteStreamHandler(new PumpStreamHandler(lines(output), lines(errors)))
                    .get();
            executor.setExitValues(null);
            executor.setProcessDestroyer(tree);
            try {
                executor.execute(commandLine(), environment(), this);
            } catch (IOException e) {
                throw cannotStart(e);
            }
        }

        /** Whether it ended before {@code deadline}, a value of {@link System#nanoTime()}. */
        private boolean tellUntilEnd(long deadline) throws InterruptedException {
            while (true) {
                boolean ended = exitCode.isDone();
                long left = deadline - System.nanoTime();
                if (!ended && left <= 0) {
                    return false;
                }
                Runnable event = events.poll(ended ? 0 : Math.min(left, SILENCE.toNanos()), TimeUnit.NANOSECONDS);
                if (event != null) {
                    event.run();
                } else if (ended) {
                    return true;
                } else if (System.nanoTime() < deadline) {
                    silence.accept(Duration.ofNanos(System.nanoTime() - start));
                }
            }
        }

        private OutputLines lines(Consumer<String> consumer) {
            return new OutputLines(mask::mask, line -> {
                Runnable event = () -> tell(line, consumer);
                try {
                    for (boolean waits = false; !over && !waits; ) {
                        waits = events.offer(event, 1, TimeUnit.SECONDS);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private void tell(String line, Consumer<String> consumer) {
            if (lastLines.size() == LAST_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
            consumer.accept(line);
        }

        @Override
        public void onProcessComplete(int exitValue) {
            exitCode.complete(exitValue);
            wake();
        }

        @Override
        public void onProcessFailed(ExecuteException e) {
            exitCode.completeExceptionally(cannotStart(e));
            wake();
        }

        /** Where there is no room, nobody sleeps. */
        private void wake() {
            events.offer(() -> {});
        }

        private int exitCode() {
            try {
                return exitCode.getNow(-1);
            } catch (CompletionException e) {
                throw e.getCause() instanceof OlympeException cause ? cause : e;
            }
        }

        private OlympeException cannotStart(IOException e) {
            Throwable reason = e instanceof ExecuteException && e.getCause() != null ? e.getCause() : e;
            return new OlympeException(
                    String.format(
                            "'%s' cannot be run (%s); check that it is there and may be executed.",
                            command.line().get(0), mask.mask(String.valueOf(reason.getMessage()))),
                    e);
        }

        private CommandLine commandLine() {
            CommandLine line = new CommandLine(command.line().get(0));
            command.line().subList(1, command.line().size()).forEach(argument -> line.addArgument(argument, false));
            return line;
        }

        private Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(command.environment());
            command.secrets().forEach((name, secret) -> environment.put(name, secret.reveal()));
            environment.put(ProcessTree.MARK, tree.mark());
            return environment;
        }

        private static Thread daemon(@Nullable Runnable runnable) {
            Thread thread = new Thread(runnable, "olympe-command");
            thread.setDaemon(true);
            return thread;
        }

        private static void remove(Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook is running, which is what it is for.
            }
        }
    }
}
