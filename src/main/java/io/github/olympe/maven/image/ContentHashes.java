package io.github.olympe.maven.image;

import io.github.olympe.maven.AtomicFile;
import io.github.olympe.maven.image.SourceEntry.Type;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * Finds the SHA-256 of every file of a tree, reading only those that may have changed since the last time. What was read is remembered
 * with the file's inode, size, time of modification and time of change; the last cannot be set by anyone, so that a file with all of them
 * alike is the same. As git does, a file that changed shortly before it was read is read again the next time, since it may have changed
 * once more within the resolution of the file system's clock.
 */
final class ContentHashes {

    private static final int FORMAT = 1;
    private static final int HASH_SIZE = 32;
    private static final long CLOCK_RESOLUTION = TimeUnit.SECONDS.toNanos(2);
    private static final int BUFFER = 128 * 1024;
    private static final long BATCH_BYTES = 4L * 1024 * 1024;
    private static final int BATCH_FILES = 256;
    private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[BUFFER]);

    private final Path folder;

    /** Remembers in this folder of the cache. */
    ContentHashes(Path folder) {
        this.folder = folder;
    }

    private record Known(long size, long modified, long changed, long inode, byte[] hash) {

        boolean isOf(SourceEntry entry) {
            return size == entry.size && modified == entry.modified && changed == entry.changed && inode == entry.inode;
        }
    }

    /**
     * Sets the hash of every file of this tree.
     *
     * @return how many files had to be read
     */
    int compute(SourceTree tree, ForkJoinPool workers) {
        Path memo = folder.resolve(
                Digest.of(tree.root().toAbsolutePath().toString()).hex());
        Map<String, Known> known = load(memo);
        long start = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        List<SourceEntry> unknown = new ArrayList<>();
        boolean same = true;
        int files = 0;
        for (SourceEntry entry : tree.entries()) {
            if (entry.type == Type.FILE) {
                files++;
                Known last = known.get(entry.path);
                if (last != null && last.isOf(entry)) {
                    entry.hash = last.hash;
                } else {
                    same = false;
                    unknown.add(entry);
                }
            }
        }
        readAll(unknown, workers);
        if (!same || files != known.size()) {
            store(memo, tree, start - CLOCK_RESOLUTION);
        }
        return unknown.size();
    }

    private static void readAll(List<SourceEntry> entries, ForkJoinPool workers) {
        List<Callable<Void>> batches = new ArrayList<>();
        int first = 0;
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).size;
            if (i + 1 == entries.size() || bytes >= BATCH_BYTES || i + 1 - first >= BATCH_FILES) {
                List<SourceEntry> batch = entries.subList(first, i + 1);
                batches.add(() -> {
                    MessageDigest sha256 = Digest.sha256();
                    for (SourceEntry entry : batch) {
                        entry.hash = hash(entry, sha256);
                    }
                    return null;
                });
                first = i + 1;
                bytes = 0;
            }
        }
        workers.invokeAll(batches).forEach(Futures::get);
    }

    private static byte[] hash(SourceEntry entry, MessageDigest sha256) {
        byte[] buffer = BUFFERS.get();
        long size = 0;
        try (InputStream in = Files.newInputStream(entry.file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                size += n;
            }
        } catch (IOException e) {
            throw SourceTree.unreadable(entry.file, e);
        }
        if (size != entry.size) {
            throw LayerTar.changedMeanwhile(entry.file);
        }
        return sha256.digest();
    }

    /** What is remembered; nothing where there is nothing, or it is not whole. */
    private static Map<String, Known> load(Path memo) {
        if (!Files.isRegularFile(memo)) {
            return Map.of();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(memo), BUFFER))) {
            if (in.readInt() != FORMAT) {
                return Map.of();
            }
            int count = in.readInt();
            Map<String, Known> known = new HashMap<>(Math.max(16, count * 2));
            for (int i = 0; i < count; i++) {
                String path = in.readUTF();
                long size = in.readLong();
                long modified = in.readLong();
                long changed = in.readLong();
                long inode = in.readLong();
                byte[] hash = new byte[HASH_SIZE];
                in.readFully(hash);
                known.put(path, new Known(size, modified, changed, inode, hash));
            }
            return known;
        } catch (IOException | RuntimeException e) {
            return Map.of();
        }
    }

    /** Remembers the files that had been left alone since {@code settled}; a memo that cannot be written is only slower. */
    private static void store(Path memo, SourceTree tree, long settled) {
        List<SourceEntry> lasting = tree.entries().stream()
                .filter(entry -> entry.type == Type.FILE
                        && entry.inode != 0
                        && entry.path.length() < 16_000
                        && Math.max(entry.modified, entry.changed) < settled)
                .toList();
        try {
            AtomicFile.replace(memo, out -> write(lasting, new DataOutputStream(out)));
        } catch (IOException e) {
            // The files are read again the next time.
        }
    }

    private static void write(List<SourceEntry> entries, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(entries.size());
        for (SourceEntry entry : entries) {
            out.writeUTF(entry.path);
            out.writeLong(entry.size);
            out.writeLong(entry.modified);
            out.writeLong(entry.changed);
            out.writeLong(entry.inode);
            out.write(Arrays.copyOf(entry.contentHash(), HASH_SIZE));
        }
    }
}
