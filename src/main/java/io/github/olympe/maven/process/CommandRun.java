package io.github.olympe.maven.process;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One run of a command. Two threads read its output and put each line into a queue. The calling thread takes the lines from the queue and
 * passes them on.
 */
final class CommandRun {

    /** How long a command may be silent before a line says that it is still running. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int LAST_LINES = 40;

    /** The capacity of the queue, in lines. A command that prints faster than the lines are taken has to wait. */
    private static final int MOST_WAITING = 100;

    private final CommandRunner runner;
    private final Command command;
    private final Consumer<String> output;
    private final Consumer<String> errors;
    private final Consumer<Duration> silence;
    private final ProcessTree tree = new ProcessTree(UUID.randomUUID().toString());
    private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger openStreams = new AtomicInteger(2);
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private volatile boolean over;

    CommandRun(
            CommandRunner runner,
            Command command,
            Consumer<String> output,
            Consumer<String> errors,
            Consumer<Duration> silence) {
        this.runner = runner;
        this.command = command;
        this.output = output;
        this.errors = errors;
        this.silence = silence;
    }

    CommandResult call() {
        Thread hook = new Thread(tree::end, "olympe-end-processes");
        Runtime.getRuntime().addShutdownHook(hook);
        runner.running().ifPresent(commands -> commands.begin(tree.mark(), command.directory()));
        boolean ended = false;
        try {
            Process process = startProcess();
            boolean timedOut =
                    !passOnUntilEnd(process, start + command.timeout().toNanos());
            if (timedOut) {
                tree.end();
                passOnUntilEnd(process, System.nanoTime() + ProcessTree.GRACE.toNanos());
            }
            ended = true;
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            int exitCode = process.isAlive() ? -1 : process.exitValue();
            return new CommandResult(exitCode, timedOut, duration, List.copyOf(lastLines));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException(String.format(
                    "'%s' was interrupted, and was ended with everything that it had started.", command.program()));
        } finally {
            over = true;
            if (!ended) {
                tree.end();
            }
            runner.running().ifPresent(commands -> commands.end(tree.mark()));
            remove(hook);
        }
    }

    private Process startProcess() {
        for (String argument : command.line()) {
            if (!FileNames.canBeSaid(argument)) {
                throw new OlympeException(String.format(
                        "'%s' cannot be run with '%s' because this locale cannot represent it; set the environment variable"
                                + " LC_ALL to C.UTF-8.",
                        command.program(), runner.masked(command, argument)));
            }
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command.line())
                    .directory(command.directory().toFile());
            setEnvironment(builder.environment());
            Process process = builder.start();
            tree.add(process);
            read(process.getInputStream(), output);
            read(process.getErrorStream(), errors);
            process.onExit().thenRun(this::wake);
            write(process.getOutputStream());
            return process;
        } catch (IOException | IllegalArgumentException e) { // A variable with an invalid name causes the latter.
            throw new OlympeException(
                    String.format(
                            "'%s' cannot be run (%s); check that it exists and is executable.",
                            command.line().get(0), runner.masked(command, String.valueOf(e.getMessage()))),
                    e);
        }
    }

    /** Leaves unchanged variables alone, so that they keep their bytes even if the locale cannot represent them. */
    private void setEnvironment(Map<String, String> environment) {
        Map<String, String> wanted = new HashMap<>(command.environment());
        command.secrets().forEach((name, secret) -> wanted.put(name, secret.reveal()));
        wanted.put(ProcessTree.MARK, tree.mark());
        environment.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, value) -> {
            if (!value.equals(environment.get(name))) {
                environment.put(name, value);
            }
        });
    }

    private void read(InputStream in, Consumer<String> consumer) {
        Runnable reader = () -> {
            try (OutputLines lines = lines(consumer)) {
                in.transferTo(lines);
            } catch (IOException e) {
                // The process has ended.
            } finally {
                openStreams.decrementAndGet();
                wake();
            }
        };
        Workers.daemon(reader, "olympe-command").start();
    }

    private OutputLines lines(Consumer<String> consumer) {
        return new OutputLines(line -> runner.masked(command, line), line -> {
            Runnable event = () -> passOn(line, consumer);
            try {
                for (boolean waits = false; !over && !waits; ) {
                    waits = events.offer(event, 1, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void write(OutputStream in) {
        try (in) {
            in.write(command.input().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command need not read its input. Its exit code decides.
        }
    }

    /**
     * Passes lines on until the command and its output have ended. A daemon that it leaves behind may keep the output open. Its output is
     * waited for no longer than {@link ProcessTree#GRACE}.
     *
     * @param deadline a value of {@link System#nanoTime()}
     * @return whether it ended before the deadline
     */
    private boolean passOnUntilEnd(Process process, long deadline) throws InterruptedException {
        while (true) {
            boolean exited = !process.isAlive();
            boolean ended = exited && openStreams.get() == 0;
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return exited;
            }
            Duration wait = ended ? Duration.ZERO : exited ? ProcessTree.GRACE : SILENCE;
            Runnable event = events.poll(Math.min(left, wait.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
            } else if (exited) {
                return true;
            } else if (System.nanoTime() < deadline) {
                silence.accept(Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private void passOn(String line, Consumer<String> consumer) {
        if (lastLines.size() == LAST_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(line);
        consumer.accept(line);
    }

    /** Wakes the calling thread. A full queue needs no wake-up. */
    private void wake() {
        events.offer(() -> {});
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, so the hook is already running.
        }
    }
}
