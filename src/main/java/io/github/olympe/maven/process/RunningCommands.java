package io.github.olympe.maven.process;

import io.github.olympe.maven.io.FolderLock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records which commands run for which JVM in which folder, in one small file for each. A killed JVM cannot end its commands, so npm would
 * go on writing into the output of the next build. The next build finds the file and ends the command. A process that a command left
 * running on purpose, such as a build daemon, is left alone.
 *
 * <p>This works on Linux. Elsewhere the commands end when they next write to their output, because nothing reads it any more.
 *
 * @param folder the folder of the files, shared by all builds of the machine
 */
public record RunningCommands(Path folder) {

    /** The age at which files are deleted that were left by another machine, another container, or this machine before a restart. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

    /** Records a command. If that fails, the command runs anyway. */
    void begin(String mark, Path directory) {
        ProcessIdentity.current().ifPresent(jvm -> {
            try {
                Files.createDirectories(folder);
                Files.writeString(
                        folder.resolve(mark),
                        jvm + "\n" + directory.toAbsolutePath().normalize().toUri());
            } catch (IOException e) {
                end(mark);
            }
        });
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
     * Ends what killed JVMs left running in a folder or below it. A subfolder in which another build works is left alone: that build does
     * it itself.
     *
     * @param locks the folder of the files of {@link FolderLock}
     * @return the processes, as a user would name them
     */
    public List<String> endAbandoned(Path directory, Path locks) {
        Path own = directory.toAbsolutePath().normalize();
        List<String> ended = new ArrayList<>();
        for (Path file : files()) {
            Optional<Path> where = abandoned(file).filter(path -> path.startsWith(own));
            if (where.isPresent()) {
                Optional<FolderLock> lock = where.get().equals(own)
                        ? Optional.of(FolderLock.none())
                        : FolderLock.tryTake(where.get(), locks);
                lock.ifPresent(held -> {
                    try (held) {
                        String mark = file.getFileName().toString();
                        ended.addAll(new ProcessTree(mark).endMarked());
                        end(mark);
                    }
                });
            }
        }
        return ended;
    }

    /** Returns the folder of a command if its JVM is gone. */
    private Optional<Path> abandoned(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() == 2
                    && ProcessIdentity.parse(lines.get(0))
                            .filter(ProcessIdentity::isGone)
                            .isPresent()) {
                return Optional.of(Path.of(URI.create(lines.get(1))));
            }
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(FORGOTTEN_AFTER))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Another build has just ended the command, or the file is not ours.
            return Optional.empty();
        }
        return Optional.empty();
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
}
