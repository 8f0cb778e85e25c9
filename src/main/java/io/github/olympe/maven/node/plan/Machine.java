package io.github.olympe.maven.node.plan;

import java.lang.management.ManagementFactory;

/**
 * The resources of the machine, or of the container, that a build may use.
 *
 * @param processors the number of processors
 * @param memory the memory in bytes
 */
public record Machine(int processors, long memory) {

    private static final long GIBIBYTE = 1L << 30;

    /** The memory for two builds by webpack, Maven and the system; docs/node.md says what was measured. */
    private static final long FOR_TWO = 6 * GIBIBYTE;

    /** On a machine with more processors, plugins that make code smaller start more processes. */
    private static final long FOR_EACH_FURTHER = GIBIBYTE / 4;

    /** Returns this machine, or the limits of this container. */
    public static Machine current() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                        ? bean.getTotalMemorySize()
                        : 0;
        return new Machine(Runtime.getRuntime().availableProcessors(), memory);
    }

    /** Returns the share of each of several builds at the same time. */
    public Machine sharedBy(int builds) {
        return new Machine(processors / builds, memory / builds);
    }

    boolean holdsTwoBuilds() {
        return processors >= 2 && memory >= FOR_TWO + (processors - 2) * FOR_EACH_FURTHER;
    }
}
