package io.github.olympe.maven.image.source;

import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds the SHA-256 of every file in a tree. It reads only files that may have changed since the last time. Each hash is stored with the
 * file's inode, size, modification time and change time. Programs cannot set the change time, so if all of these are equal, the file is the
 * same. As in git, a file that changed shortly before it was read is read again the next time: it may have changed once more within the
 * resolution of the file system's clock.
 */
public final class ContentHashes {

    private static final int FORMAT = 3;
    private static final int HASH_SIZE = 32;
    private static final long CLOCK_RESOLUTION = TimeUnit.SECONDS.toNanos(2);
    private static final int BUFFER = 128 * 1024;
    private static final long BATCH_BYTES = 4L * 1024 * 1024;
    private static final int BATCH_FILES = 256;
    private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[BUFFER]);

    private final Path folder;
    private final Clock clock;

    /** Creates one that stores hashes in this folder of the cache. */
    public ContentHashes(Path folder) {
        this(folder, Clock.systemUTC());
    }

    ContentHashes(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    private record Known(long size, long modified, long changed, long inode, byte[] hash) {

        boolean isOf(SourceEntry entry) {
            return size == entry.size
                    && modified == entry.identity.modified()
                    && changed == entry.identity.changed()
                    && inode == entry.identity.inode();
        }
    }

    /** Returns the known hashes of a tree by path, empty if the memo is missing or from another version of the plugin. */
    private static Map<String, Known> load(Path memo) {
        Map<String, Known> known = new HashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(CheckedFile.read(memo).orElse(new byte[0]));
        if (bytes.hasRemaining() && bytes.getInt() == FORMAT) {
            while (bytes.hasRemaining()) {
                byte[] path = new byte[bytes.getInt()];
                bytes.get(path);
                Known file = new Known(
                        bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), new byte[HASH_SIZE]);
                bytes.get(file.hash());
                known.put(new String(path, StandardCharsets.UTF_8), file);
            }
        }
        return known;
    }

    /**
     * Computes the hash of every file in this tree.
     *
     * @return how many files had to be read
     */
    public int compute(SourceTree tree, Workers workers) {
        // The URI has the bytes of the name in any locale.
        Path file = folder.resolve(Digest.of(tree.root().toUri().getRawPath()).hex());
        Map<String, Known> known = load(file);
        long start = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        List<SourceEntry> unknown = new ArrayList<>();
        boolean same = true;
        int count = 0;
        for (SourceEntry entry : tree.entries()) {
            if (entry.type == Type.FILE) {
                count++;
                Known last = known.get(entry.path);
                if (last != null && last.isOf(entry)) {
                    entry.hash = last.hash;
                } else {
                    same = false;
                    unknown.add(entry);
                }
            }
        }
        workers.run(batches(unknown));
        if (!same || count != known.size()) {
            store(file, tree, start - CLOCK_RESOLUTION);
        }
        return unknown.size();
    }

    private static List<Runnable> batches(List<SourceEntry> entries) {
        List<Runnable> batches = new ArrayList<>();
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
                });
                first = i + 1;
                bytes = 0;
            }
        }
        return batches;
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
            throw SourceTree.changedMeanwhile(entry.file.toString());
        }
        return sha256.digest();
    }

    /** Stores the hashes of files that have not changed since {@code settled}. */
    private static void store(Path file, SourceTree tree, long settled) {
        List<SourceEntry> lasting = tree.entries().stream()
                .filter(entry -> entry.type == Type.FILE
                        && entry.identity.inode() != 0
                        && Math.max(entry.identity.modified(), entry.identity.changed()) < settled)
                .toList();
        CheckedFile.remember(file, out -> write(lasting, new DataOutputStream(out)));
    }

    private static void write(List<SourceEntry> entries, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        for (SourceEntry entry : entries) {
            byte[] path = entry.path.getBytes(StandardCharsets.UTF_8);
            out.writeInt(path.length);
            out.write(path);
            out.writeLong(entry.size);
            out.writeLong(entry.identity.modified());
            out.writeLong(entry.identity.changed());
            out.writeLong(entry.identity.inode());
            out.write(entry.contentHash());
        }
    }
}
