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
 * A process and everything that it started. A daemon whose parent has ended is no longer a descendant. On Linux it is found by a mark in
 * its environment, as in Jenkins.
 */
final class ProcessTree {

    /** The environment variable that holds the mark. */
    static final String MARK = "OLYMPE_MAVEN_RUN";

    /** How long the processes have to end by themselves. npm uses that time to remove its temporary files. */
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

    /** Adds a process that was started. If the others have been ended, it is ended immediately. */
    synchronized void add(Process process) {
        roots.add(process);
        if (ended) {
            end();
        }
    }

    /** Ends all of them: asks them to end, and kills them after {@link #GRACE}. */
    void end() {
        Set<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroy);
        await(all);
        // Several attempts, because a process may start another while it is being ended.
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
            return false; // It has ended, or belongs to another user.
        }
    }

    /** Ends all processes with the mark and returns their names. */
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

    /** Returns whether a process runs. The system lists a process that has ended until its parent reads its exit code or ends. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // The state follows the program's name, which is in parentheses and may contain parentheses itself.
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
                // The processes must be ended anyway. The interrupt is kept for the caller.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
