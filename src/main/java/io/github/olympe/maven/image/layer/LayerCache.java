package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The layers that were made before, by their content. All builds of a machine share it. A layer is written under a temporary name and
 * renamed when it is complete. The line with its digests is written last.
 */
public final class LayerCache {

    /** The number of bytes that are digested at once; a tar is written in parts of 512. */
    private static final int DIGESTED = 128 * 1024;

    private final Path folder;
    private final Workers workers;
    /** Each layer that is being compressed takes some 6 MB of memory. */
    private final Semaphore making = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * Creates a cache.
     *
     * @param workers the threads that compress layers
     */
    public LayerCache(Path folder, Workers workers) {
        this.folder = folder;
        this.workers = workers;
    }

    /**
     * Looks for a layer.
     *
     * @param content its content, for people
     * @param key its {@link PlannedLayer#key(Workers)}
     * @return the layer; its file may be missing or damaged
     */
    public Optional<Layer> find(String content, String key) {
        return CheckedFile.read(line(key)).map(line -> {
            String[] fields = new String(line, StandardCharsets.US_ASCII).split(" ");
            Descriptor blob =
                    new Descriptor(MediaTypes.OCI_LAYER_GZIP, new Digest(fields[0]), Long.parseLong(fields[1]));
            Path file = blob(blob.digest());
            UnusedFiles.markUsed(file);
            return new Layer(content, blob, new Digest(fields[2]), file);
        });
    }

    /**
     * Writes a layer, replacing an existing one.
     *
     * @param observers provides the observer that sees the layer while it is written
     * @throws OlympeException if it cannot be written, or a file has changed since it was hashed
     */
    public Layer make(PlannedLayer layer, String key, Supplier<LayerObserver> observers, Progress progress) {
        making.acquireUninterruptibly();
        try {
            return write(layer, key, observers.get(), progress);
        } finally {
            making.release();
        }
    }

    /**
     * Returns the digest of a layer's tar without writing the tar.
     *
     * @param observer sees what would be written; at the end it gets the digest of the tar
     * @throws OlympeException if a file has changed since it was hashed
     */
    public Digest measure(PlannedLayer layer, LayerObserver observer) {
        MessageDigest sha256 = Digest.sha256();
        OutputStream digested = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
        try (OutputStream out = new BufferedOutputStream(digested, DIGESTED)) {
            write(layer, out, observer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Digest tar = Digest.of(sha256);
        observer.written(tar);
        return tar;
    }

    /**
     * Remembers a layer whose blob is in a registry.
     *
     * @param content its content, for people
     * @param key its {@link PlannedLayer#key(Workers)}
     * @return the layer; its file is missing
     */
    public Layer remember(String content, String key, Descriptor blob, Digest diffId) {
        String line = blob.digest() + " " + blob.size() + " " + diffId;
        CheckedFile.remember(line(key), out -> out.write(line.getBytes(StandardCharsets.US_ASCII)));
        return new Layer(content, blob, diffId, blob(blob.digest()));
    }

    /** Returns whether no layer was ever made or remembered here. */
    public boolean isEmpty() {
        return !Files.exists(folder);
    }

    private Layer write(PlannedLayer layer, String key, LayerObserver observer, Progress progress) {
        try (TemporaryPath temporary = TemporaryPath.in(folder.resolve("blobs"))) {
            ParallelGzip.Result result = write(layer, temporary.path(), progress, observer);
            Path file = blob(result.digest());
            temporary.replaceFile(file);
            String line = result.digest() + " " + result.size() + " " + result.diffId();
            CheckedFile.write(line(key), out -> out.write(line.getBytes(StandardCharsets.US_ASCII)));
            observer.written(result.digest());
            Descriptor blob = new Descriptor(MediaTypes.OCI_LAYER_GZIP, result.digest(), result.size());
            return new Layer(layer.content(), blob, result.diffId(), file);
        } catch (IOException e) {
            throw new OlympeException(
                    "A layer cannot be written to the cache '" + folder + "' (" + Reason.of(e)
                            + "). Check the folder's permissions and the free disk space.",
                    e);
        }
    }

    private ParallelGzip.Result write(PlannedLayer layer, Path file, Progress progress, LayerObserver observer)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ParallelGzip gzip = new ParallelGzip(out, workers, progress::at);
            write(layer, gzip, observer);
            return gzip.finish();
        }
    }

    private static void write(PlannedLayer layer, OutputStream out, LayerObserver observer) throws IOException {
        try (LayerTar tar = new LayerTar(out, observer)) {
            for (LayerEntry entry : layer.entries()) {
                tar.write(entry);
            }
        }
    }

    private Path line(String key) {
        return folder.resolve("keys").resolve(key);
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }
}
