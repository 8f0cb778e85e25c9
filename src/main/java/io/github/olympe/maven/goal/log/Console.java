package io.github.olympe.maven.goal.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's own standard output, for commands that a CI reads at the beginning of a line. Maven 4 puts its level before each line of
 * {@code System.out}.
 */
public final class Console {

    /** It stays open until the process ends. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Console() {}

    /** Returns the output. */
    public static PrintStream out() {
        return OUT;
    }
}
