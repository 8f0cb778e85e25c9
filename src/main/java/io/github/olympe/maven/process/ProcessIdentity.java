package io.github.olympe.maven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies a Linux process. A process id is not enough, because it is used again after the process has ended, after a restart, and in
 * each container.
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

    /** Returns the identity of this JVM, or empty if it does not run on Linux. */
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

    /** Parses what {@link #toString()} wrote. */
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

    /** Returns whether the process is known to have ended. Nothing is known of processes on other machines or in other containers. */
    boolean isGone() {
        Optional<ProcessIdentity> here = current();
        return here.filter(own -> own.boot.equals(boot) && own.namespace.equals(namespace))
                        .isPresent()
                && start(pid).filter(started -> started == start).isEmpty();
    }

    /** Returns the field {@code starttime} of proc(5), or empty if there is no such process. */
    private static Optional<Long> start(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The program's name is in parentheses and may contain parentheses itself. The 20th field after it is the
            // start.
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
