package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Watches the arguments of all processes of this machine, which every user of the machine can read. */
public final class ProcessArguments implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);
    /**
     * In how many rounds a process is checked once. Only a new process is checked in each round, because it gets its arguments soon after
     * its start.
     */
    private static final int SELDOM = 25;

    private final Set<String> seen = new TreeSet<>();
    private Map<String, Integer> looks = Map.of();
    private final Thread thread = new Thread(this::watch, "arguments");
    private volatile boolean ended;

    /** Begins to watch. */
    public ProcessArguments() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends, and returns each command line that was seen. */
    public Set<String> seen() throws InterruptedException {
        ended = true;
        thread.join();
        return seen;
    }

    private void watch() {
        while (!ended) {
            Map<String, Integer> running = new HashMap<>();
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                for (Path process : (Iterable<Path>) processes::iterator) {
                    String pid = process.getFileName().toString();
                    if (Character.isDigit(pid.charAt(0))) {
                        int look = looks.getOrDefault(pid, 0);
                        if (look < SELDOM || look % SELDOM == 0) {
                            read(process.resolve("cmdline"));
                        }
                        running.put(pid, look + 1);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            looks = running;
            Waiting.delay(INTERVAL);
        }
    }

    private void read(Path file) {
        try {
            seen.add(Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' '));
        } catch (IOException e) {
            // It has already ended.
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
