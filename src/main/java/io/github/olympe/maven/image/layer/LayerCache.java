package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.Futures;
import io.github.olympe.maven.image.push.Progress;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.io.Leftovers;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/**
 * The layers that were made before, by what is in them: their key is made from each entry's path, type, mode, owner, size and content, not
 * from file times. Shared by all builds of a machine: a layer is written under a name of its own and renamed when it is whole, the line
 * that tells its digests last.
 */
public final class LayerCache {

    static final int UNUSED_DAYS = 30;

    private static final int FORMAT = 2;
    /** How many entries are digested in one go; it belongs to the format. */
    private static final int PART = 4096;

    private static final Duration UNUSED_AFTER = Duration.ofDays(UNUSED_DAYS);
    private static final Duration TOUCHED_EVERY = Duration.ofDays(1);

    private final Path folder;
    private final ForkJoinPool workers;

    public LayerCache(Path folder, ForkJoinPool workers) {
        this.folder = folder;
        this.workers = workers;
    }

    /**
     * The layer with these entries, made now if it is not there.
     *
     * @param content what it holds, for people
     * @param key its {@link #key(List)}
     */
    public Layer get(String content, String key, List<LayerEntry> entries, Progress progress) {
        return find(content, key).orElseGet(() -> make(content, key, entries, progress));
    }

    private Optional<Layer> find(String content, String key) {
        Path line = line(key);
        try {
            if (!Files.isRegularFile(line)) {
                return Optional.empty();
            }
            String[] fields = Files.readString(line).strip().split(" ");
            if (fields.length != 3) {
                return Optional.empty();
            }
            Digest digest = new Digest(fields[0]);
            Layer layer = new Layer(content, digest, Long.parseLong(fields[1]), new Digest(fields[2]), blob(digest));
            if (!Files.isRegularFile(layer.blob()) || Files.size(layer.blob()) != layer.size()) {
                return Optional.empty();
            }
            touch(line);
            touch(layer.blob());
            return Optional.of(layer);
        } catch (IOException | OlympeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Layer make(String content, String key, List<LayerEntry> entries, Progress progress) {
        Path temporary = folder.resolve("blobs").resolve(UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(temporary.getParent());
            try {
                ParallelGzip.Result result;
                try (OutputStream out = Files.newOutputStream(temporary)) {
                    ParallelGzip gzip = new ParallelGzip(out, workers, progress);
                    LayerTar tar = new LayerTar(gzip);
                    for (LayerEntry entry : entries) {
                        tar.write(entry);
                    }
                    tar.finish();
                    result = gzip.finish();
                }
                Path blob = blob(result.digest());
                Files.move(temporary, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                String text = result.digest() + " " + result.size() + " " + result.diffId() + "\n";
                AtomicFile.replace(line(key), line -> line.write(text.getBytes(StandardCharsets.US_ASCII)));
                return new Layer(content, result.digest(), result.size(), result.diffId(), blob);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "A layer cannot be written to the cache '" + folder + "' (" + e
                            + "); check the folder's rights and the space on the disk.",
                    e);
        }
    }

    private Path line(String key) {
        return folder.resolve("keys").resolve(key);
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }

    /** What stands for these entries: the digest of the digests of its parts, which are made at once. */
    public String key(List<LayerEntry> entries) {
        List<Callable<byte[]>> parts = new ArrayList<>();
        for (int start = 0; start < entries.size(); start += PART) {
            List<LayerEntry> part = entries.subList(start, Math.min(start + PART, entries.size()));
            parts.add(() -> digest(part));
        }
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) FORMAT);
        workers.invokeAll(parts).forEach(part -> sha256.update(Futures.get(part)));
        return Digest.of(sha256).hex();
    }

    private static byte[] digest(List<LayerEntry> entries) {
        MessageDigest sha256 = Digest.sha256();
        for (LayerEntry entry : entries) {
            byte[] path = entry.path().getBytes(StandardCharsets.UTF_8);
            byte[] link = (entry.linkTarget() == null ? "" : entry.linkTarget()).getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(path.length + link.length + entry.hash().length + 37)
                    .putInt(path.length)
                    .put(path)
                    .put((byte) entry.type().ordinal())
                    .putInt(entry.mode())
                    .putLong(entry.uid())
                    .putLong(entry.gid())
                    .putLong(entry.size())
                    .put(entry.hash())
                    .putInt(link.length)
                    .put(link);
            sha256.update(bytes.flip());
        }
        return sha256.digest();
    }

    /** Marks it as used, so that it is not removed; once a day is enough. */
    private static void touch(Path file) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCHED_EVERY))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    /**
     * Removes what no build has used for {@value #UNUSED_DAYS} days, at most once a day.
     *
     * @param memos a folder of memos, which age in the same way
     */
    public void removeUnused(Path memos) {
        Path marker = folder.resolve("cleaned");
        Instant now = Instant.now();
        try {
            if (!Files.isDirectory(folder)
                    || (Files.isRegularFile(marker)
                            && Files.getLastModifiedTime(marker).toInstant().isAfter(now.minus(TOUCHED_EVERY)))) {
                return;
            }
            Files.writeString(marker, "");
            for (Path used : List.of(folder.resolve("keys"), folder.resolve("blobs"), memos)) {
                Leftovers.remove(used);
                removeOlder(used, now.minus(UNUSED_AFTER));
            }
        } catch (IOException e) {
            // Another build may be removing the same; what stays is tried again tomorrow.
            return;
        }
    }

    private static void removeOlder(Path folder, Instant limit) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
