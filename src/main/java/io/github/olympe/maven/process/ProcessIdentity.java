package io.github.olympe.maven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells a process of Linux from all others: a process id is used again after the process has ended, after a restart of the machine, and
 * in each container.
 *
 * @param boot the id of this run of the machine's kernel
 * @param namespace the namespace of process ids; each container has its own
 * @param pid the process id
 * @param start when it started, in ticks of the kernel's clock, which cannot be set
 */
record ProcessIdentity(String boot, String namespace, long pid, long start) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36}) (pid:\\[\\d+]) (\\d{1,18}) (\\d{1,18})");

    /** The identity of this JVM; empty where there is no Linux to ask. */
    static Optional<ProcessIdentity> current() {
        long pid = ProcessHandle.current().pid();
        try {
            String boot = Files.readString(BOOT).strip();
            String namespace = Files.readSymbolicLink(NAMESPACE).toString();
            return start(pid).map(start -> new ProcessIdentity(boot, namespace, pid, start));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The identity that {@link #toString()} gave. */
    static Optional<ProcessIdentity> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ProcessIdentity(
                        matcher.group(1),
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4))))
                : Optional.empty();
    }

    /** Whether it is known to have ended. Of a process on another machine or in another container nothing is known. */
    boolean isGone() {
        Optional<ProcessIdentity> here = current();
        return here.filter(own -> own.boot.equals(boot) && own.namespace.equals(namespace))
                        .isPresent()
                && start(pid).filter(started -> started == start).isEmpty();
    }

    /** The field {@code starttime} of proc(5); empty where there is no such process. */
    private static Optional<Long> start(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The program's name is in parentheses and may have some itself; the 20th field after it is the start.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(Long.parseLong(fields[19]));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return boot + " " + namespace + " " + pid + " " + start;
    }
}
