package io.github.olympe.maven.testing;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk in memory on which an operation runs out of space: at its first block, then at its second, and so on, until there is enough space
 * for all of it.
 */
public final class FullDisk {

    private static final int MOST_BLOCKS = 2000;
    private static final long LARGE = 1 << 28;

    private final int block;
    private final Step before;

    private FullDisk(int block, Step before) {
        this.block = block;
        this.before = before;
    }

    /** An operation on the disk. */
    @FunctionalInterface
    public interface Step {
        void on(Path root) throws IOException;
    }

    /** What must be true after a failure. */
    @FunctionalInterface
    public interface Check {
        void after(Throwable failure, Path root) throws IOException;
    }

    /**
     * Creates a disk.
     *
     * @param block by how many bytes the space grows each time
     * @param before writes what exists before the operation; there is always space for it
     */
    public static FullDisk holding(int block, Step before) {
        return new FullDisk(block, before);
    }

    /**
     * Runs the operation on one disk after the other.
     *
     * @param check called after each failure
     * @return how often it failed before it succeeded
     */
    public int fails(Step operation, Check check) throws IOException {
        long used = used();
        for (int blocks = 0; blocks < MOST_BLOCKS; blocks++) {
            try (FileSystem disk = disk(Math.max(1, used + (long) blocks * block))) {
                Path root = disk.getPath("/work");
                before.on(root);
                try {
                    operation.on(root);
                    return blocks;
                } catch (IOException | RuntimeException e) {
                    check.after(e, root);
                }
            }
        }
        throw new AssertionError("It still fails with room for " + MOST_BLOCKS + " blocks of " + block + " bytes");
    }

    private long used() throws IOException {
        try (FileSystem disk = disk(LARGE)) {
            Path root = disk.getPath("/work");
            before.on(root);
            return LARGE - Files.getFileStore(root).getUnallocatedSpace();
        }
    }

    private FileSystem disk(long size) {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setWorkingDirectory("/work")
                .setAttributeViews("basic", "owner", "posix", "unix")
                .setBlockSize(block)
                .setMaxSize(size)
                .setMaxCacheSize(0)
                .build());
    }

    /** Returns the texts of the files in a folder, by their paths in it. */
    public static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Path> file : FileTree.files(folder).entrySet()) {
            texts.put(file.getKey(), Files.readString(file.getValue()));
        }
        return texts;
    }
}
