package io.github.olympe.maven.image.source;

import io.github.olympe.maven.image.Futures;
import io.github.olympe.maven.image.layer.LayerTar;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Digest;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the SHA-256 of every file of a tree, reading only those that may have changed since the last time. What was read is remembered
 * with the file's inode, size, time of modification and time of change; the last cannot be set by anyone, so that a file with all of them
 * alike is the same. As git does, a file that changed shortly before it was read is read again the next time, since it may have changed
 * once more within the resolution of the file system's clock.
 */
public final class ContentHashes {

    private static final int FORMAT = 2;
    /** The format and the number of files. */
    private static final int HEADER = 2 * Integer.BYTES;

    private static final int HASH_SIZE = 32;
    private static final long CLOCK_RESOLUTION = TimeUnit.SECONDS.toNanos(2);
    private static final int BUFFER = 128 * 1024;
    private static final long BATCH_BYTES = 4L * 1024 * 1024;
    private static final int BATCH_FILES = 256;
    private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[BUFFER]);

    private final Path folder;

    /** Remembers in this folder of the cache. */
    public ContentHashes(Path folder) {
        this.folder = folder;
    }

    private record Known(String path, long size, long modified, long changed, long inode, byte[] hash) {

        boolean isOf(SourceEntry entry) {
            return size == entry.size && modified == entry.modified && changed == entry.changed && inode == entry.inode;
        }
    }

    /** What is remembered of a tree: in the tree's order, so that the file that is sought is nearly always the next one. */
    private static final class Memo {

        private final ByteBuffer files;
        private final int count;
        private final Map<String, Integer> positions = new HashMap<>();

        private Memo(ByteBuffer files, int count) {
            this.files = files;
            this.count = count;
        }

        /** The one in a file; nothing is remembered where there is none, or it is of another version of the plugin. */
        static Memo load(Path file) {
            try {
                if (Files.isRegularFile(file)) {
                    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                    if (bytes.getInt() == FORMAT) {
                        return new Memo(bytes, bytes.getInt());
                    }
                }
            } catch (IOException | BufferUnderflowException e) {
                // All files are read.
            }
            return new Memo(ByteBuffer.allocate(HEADER).position(HEADER), 0);
        }

        /** What is remembered of the file of this path. */
        @Nullable Known find(String path) {
            int here = files.position();
            Known known = next();
            if (known != null && known.path.equals(path)) {
                return known;
            }
            if (positions.isEmpty()) {
                index();
            }
            Integer position = positions.get(path);
            files.position(position == null ? here : position);
            return position == null ? null : next();
        }

        private void index() {
            files.position(HEADER);
            int position = HEADER;
            for (Known known = next(); known != null; known = next()) {
                positions.put(known.path, position);
                position = files.position();
            }
        }

        /** The file at this position; nothing at the end, or where the rest is not whole. */
        private @Nullable Known next() {
            try {
                return files.hasRemaining()
                        ? new Known(
                                new String(bytes(files.getInt()), StandardCharsets.UTF_8),
                                files.getLong(),
                                files.getLong(),
                                files.getLong(),
                                files.getLong(),
                                bytes(HASH_SIZE))
                        : null;
            } catch (BufferUnderflowException | NegativeArraySizeException e) {
                files.position(files.limit());
                return null;
            }
        }

        private byte[] bytes(int length) {
            byte[] bytes =
                    new byte[Math.min(length, files.remaining() + 1)]; // One more than there are is an underflow.
            files.get(bytes);
            return bytes;
        }
    }

    /**
     * Sets the hash of every file of this tree.
     *
     * @return how many files had to be read
     */
    public int compute(SourceTree tree, ForkJoinPool workers) {
        Path file = folder.resolve(
                Digest.of(tree.root().toAbsolutePath().toString()).hex());
        Memo memo = Memo.load(file);
        long start = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        List<SourceEntry> unknown = new ArrayList<>();
        boolean same = true;
        int count = 0;
        for (SourceEntry entry : tree.entries()) {
            if (entry.type == Type.FILE) {
                count++;
                Known last = memo.find(entry.path);
                if (last != null && last.isOf(entry)) {
                    entry.hash = last.hash;
                } else {
                    same = false;
                    unknown.add(entry);
                }
            }
        }
        readAll(unknown, workers);
        if (!same || count != memo.count) {
            store(file, tree, start - CLOCK_RESOLUTION);
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

    /** Remembers the files that had been left alone since {@code settled}; a memo that cannot be written is only slower. */
    private static void store(Path file, SourceTree tree, long settled) {
        List<SourceEntry> lasting = tree.entries().stream()
                .filter(entry -> entry.type == Type.FILE
                        && entry.inode != 0
                        && Math.max(entry.modified, entry.changed) < settled)
                .toList();
        try {
            AtomicFile.replace(file, out -> write(lasting, new DataOutputStream(out)));
        } catch (IOException e) {
            // The files are read again the next time.
        }
    }

    private static void write(List<SourceEntry> entries, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(entries.size());
        for (SourceEntry entry : entries) {
            byte[] path = entry.path.getBytes(StandardCharsets.UTF_8);
            out.writeInt(path.length);
            out.write(path);
            out.writeLong(entry.size);
            out.writeLong(entry.modified);
            out.writeLong(entry.changed);
            out.writeLong(entry.inode);
            out.write(Arrays.copyOf(entry.contentHash(), HASH_SIZE));
        }
    }
}
