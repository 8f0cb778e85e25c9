package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for tests that write gigabytes and hundreds of thousands of files. They are in memory if there is enough, because some disks take
 * minutes to delete that much; otherwise they are among the other temporary files. The test deletes its folder.
 */
public final class ScratchFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

    private ScratchFolder() {}

    /** Returns an empty folder for at most this many bytes. */
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
