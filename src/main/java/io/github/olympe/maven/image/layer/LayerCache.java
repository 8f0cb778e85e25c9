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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The layers that were made before, by what is in them. Shared by all builds of a machine: a layer is written under a name of its own and
 * renamed when it is whole, the line with its digests last.
 */
public final class LayerCache {

    private final Path folder;
    private final Workers workers;
    /** Each layer that is being compressed takes some 6 MB of memory. */
    private final Semaphore making = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * A cache.
     *
     * @param workers compress the layers
     */
    public LayerCache(Path folder, Workers workers) {
        this.folder = folder;
        this.workers = workers;
    }

    /**
     * Looks for a layer.
     *
     * @param content what it holds, for people
     * @param key its {@link PlannedLayer#key(Workers)}
     * @return the layer, whose file may be missing or damaged
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
     * Writes a layer, in place of the one that may be there.
     *
     * @param observers gives what sees the layer while it is written
     * @throws OlympeException if it cannot be written, or a file is not what it was when it was hashed
     */
    public Layer make(PlannedLayer layer, String key, Supplier<LayerObserver> observers, Progress progress) {
        making.acquireUninterruptibly();
        try {
            return write(layer, key, observers.get(), progress);
        } finally {
            making.release();
        }
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
            ParallelGzip gzip = new ParallelGzip(out, workers, progress);
            try (LayerTar tar = new LayerTar(gzip, observer)) {
                for (LayerEntry entry : layer.entries()) {
                    tar.write(entry);
                }
            }
            return gzip.finish();
        }
    }

    private Path line(String key) {
        return folder.resolve("keys").resolve(key);
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }
}
