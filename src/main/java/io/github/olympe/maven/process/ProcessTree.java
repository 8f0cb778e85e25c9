package io.github.olympe.maven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A process and all that it started. Those that it left to themselves (a daemon, whose parent has ended) are no longer its descendants;
 * on Linux they are found by a mark in their environment, as Jenkins does it.
 */
final class ProcessTree {

    /** The environment variable that has the mark. */
    static final String MARK = "OLYMPE_MAVEN_RUN";

    /** How long the processes have to end by themselves, in which npm removes its temporary files. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final String mark;
    private final Set<Process> roots = new LinkedHashSet<>();
    private boolean ended;

    ProcessTree(String mark) {
        this.mark = mark;
    }

    String mark() {
        return mark;
    }

    /** Adds a process that was started; it is ended immediately if the others are. */
    synchronized void add(Process process) {
        roots.add(process);
        if (ended) {
            end();
        }
    }

    /** Ends all of them: asks them to, and after {@link #GRACE} makes them. */
    void end() {
        Set<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroy);
        await(all);
        // More than once, since one that is about to start another may do so while it is being ended.
        for (int attempt = 0; attempt < 5; attempt++) {
            all.addAll(processes());
            all.removeIf(Predicate.not(ProcessTree::runs));
            if (all.isEmpty()) {
                return;
            }
            all.forEach(ProcessHandle::destroyForcibly);
            await(all);
        }
    }

    private Set<ProcessHandle> processes() {
        Set<ProcessHandle> processes = new LinkedHashSet<>();
        synchronized (this) {
            ended = true;
            for (Process root : roots) {
                processes.add(root.toHandle());
                root.descendants().forEach(processes::add);
            }
        }
        ProcessHandle.allProcesses().filter(this::isMarked).forEach(processes::add);
        return processes;
    }

    private boolean isMarked(ProcessHandle process) {
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            return Files.isReadable(environment)
                    && new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                            .contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false; // It has ended, or is another user's.
        }
    }

    /** Makes all processes with the mark end, and gives their names. */
    List<String> endMarked() {
        Set<ProcessHandle> marked = processes();
        List<String> names = marked.stream()
                .map(process -> process.info()
                                .command()
                                .map(command -> "'" + Path.of(command).getFileName() + "'")
                                .orElse("a process")
                        + " (" + process.pid() + ")")
                .toList();
        marked.forEach(ProcessHandle::destroyForcibly);
        await(marked);
        return names;
    }

    /** Whether it runs: one that has ended, but whose parent does not ask for its exit code, is listed until the parent ends. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // The state follows the program's name, which is in parentheses and may have some itself.
            return !Files.isReadable(stat)
                    || !Files.readString(stat, StandardCharsets.ISO_8859_1).matches("(?s).*\\) Z .*");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    private static void await(Set<ProcessHandle> processes) {
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (processes.stream().anyMatch(ProcessTree::runs) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                // They are to be ended all the same; the caller's interruption is kept.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
