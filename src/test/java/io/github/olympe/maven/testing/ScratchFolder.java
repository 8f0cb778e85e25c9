package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for tests that write gigabytes and hundreds of thousands of files: in memory where there is enough of it, since deleting so much
 * takes some disks minutes; else among the other temporary files. Who makes one removes it.
 */
public final class ScratchFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

    private ScratchFolder() {}

    /** An empty folder for at most this many bytes. */
    public static Path create(String prefix, long bytes) throws IOException {
        if (Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() > 2 * bytes
                && freeMemory() > bytes) {
            return Files.createTempDirectory(MEMORY, prefix);
        }
        return Files.createTempDirectory(prefix);
    }

    public static void remove(Path folder) {
        ImageTools.bash(folder, "rm -rf -- \"$PWD\"");
    }

    private static long freeMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
