package io.github.olympe.maven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which commands run for which JVM and in which folder, one small file for each. A JVM that is killed cannot end them: npm would write on
 * into what the next build makes anew. That build finds the file, and ends them. What a command that ended in good order left running on
 * purpose, such as a build daemon, is left alone.
 *
 * <p>The processes are found on Linux only; elsewhere they end when they next write to their output, which nobody reads any more.
 *
 * @param folder the folder of the files, shared by all builds of the machine
 */
public record RunningCommands(Path folder) {

    private static final Pattern IDENTITY = Pattern.compile("(\\d{1,18})@(\\d{1,18})");

    /** Each JVM reckons starts from the machine's clock, which may have been set between two of them. */
    private static final long CLOCK_STEPS = 10_000;

    /** Notes a command. That it cannot be noted keeps nothing from running. */
    void begin(String mark, Path directory) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(mark),
                    identity(ProcessHandle.current()) + "\n"
                            + directory.toAbsolutePath().normalize());
        } catch (IOException e) {
            end(mark);
        }
    }

    void end(String mark) {
        try {
            Files.deleteIfExists(folder.resolve(mark));
        } catch (IOException e) {
            // The next build of this project deletes it.
            return;
        }
    }

    /**
     * Ends what JVMs that are gone left running in a folder or below it.
     *
     * @return the processes, as a user would name them
     */
    public List<String> endAbandoned(Path directory) {
        List<String> ended = new ArrayList<>();
        for (Path file : files()) {
            try {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                if (lines.size() == 2
                        && Path.of(lines.get(1))
                                .startsWith(directory.toAbsolutePath().normalize())
                        && isGone(lines.get(0))) {
                    String mark = file.getFileName().toString();
                    ended.addAll(new ProcessTree(mark).endMarked());
                    end(mark);
                }
            } catch (IOException e) {
                // Another build has just ended them.
                continue;
            }
        }
        return ended;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The process's id and start in milliseconds of the epoch, since ids are used again. */
    private static String identity(ProcessHandle process) {
        return process.pid() + "@" + start(process);
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isGone(String identity) {
        Matcher parts = IDENTITY.matcher(identity);
        return parts.matches()
                && ProcessHandle.of(Long.parseLong(parts.group(1)))
                        .filter(process -> Math.abs(start(process) - Long.parseLong(parts.group(2))) < CLOCK_STEPS)
                        .isEmpty();
    }
}
