package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Watches the arguments of all processes of this machine, which everybody on it can read. */
public final class ProcessArguments implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Set<String> seen = new TreeSet<>();
    private final Thread thread = new Thread(this::watch, "arguments");
    private volatile boolean ended;

    /** Begins to watch. */
    public ProcessArguments() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends, and gives each command line that there was. */
    public Set<String> seen() throws InterruptedException {
        ended = true;
        thread.join();
        return seen;
    }

    private void watch() {
        while (!ended) {
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                for (Path process : (Iterable<Path>) processes::iterator) {
                    if (Character.isDigit(process.getFileName().toString().charAt(0))) {
                        read(process.resolve("cmdline"));
                    }
                }
                Waiting.delay(INTERVAL);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(Path file) {
        try {
            seen.add(Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' '));
        } catch (IOException e) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
