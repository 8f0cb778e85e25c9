package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs on the disk by their digest, shared by concurrent builds. A blob is written under a temporary name, and renamed when it is complete
 * and has its digest. An existing blob is checked once in each build before it is used.
 */
public final class BlobCache {

    private final Path folder;
    private final Set<Digest> checked = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Object> locks = new ConcurrentHashMap<>();

    public BlobCache(Path folder) {
        this.folder = folder;
    }

    /** Writes a blob to the stream. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException, RegistryFailure;
    }

    /** Returns the file of a blob, if it exists and has its digest. */
    public Optional<Path> find(Digest digest) {
        Path file = file(digest);
        synchronized (lock(digest)) {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            UnusedFiles.markUsed(file);
            if (checked.contains(digest)) {
                return Optional.of(file);
            }
            try {
                if (Digest.ofFile(file).equals(digest)) {
                    checked.add(digest);
                    return Optional.of(file);
                }
                // A wrong file is not deleted: another build may just have replaced it with the right one.
            } catch (IOException e) {
                // It is fetched again.
            }
            return Optional.empty();
        }
    }

    /**
     * Returns the file of a blob, fetching it if it is missing. Two threads never fetch the same blob.
     *
     * @throws RegistryFailure if the source fails, or returns a blob with another digest
     */
    public Path get(Digest digest, Source source) throws RegistryFailure {
        synchronized (lock(digest)) {
            Optional<Path> present = find(digest);
            return present.isPresent() ? present.get() : fetch(digest, source);
        }
    }

    private Path fetch(Digest digest, Source source) throws RegistryFailure {
        Path file = file(digest);
        try (TemporaryPath temporary = TemporaryPath.beside(file)) {
            MessageDigest sha256 = Digest.sha256();
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary.path()), sha256)) {
                source.writeTo(out);
            }
            Digest came = Digest.of(sha256);
            if (!came.equals(digest)) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.TRANSIENT, "the blob has the digest " + came + " instead of " + digest);
            }
            temporary.replaceFile(file);
            checked.add(digest);
            return file;
        } catch (IOException e) {
            throw new OlympeException(
                    "The cache folder '" + folder + "' cannot be written (" + Reason.of(e)
                            + "). Check its permissions and the free disk space.",
                    e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve("sha256").resolve(digest.hex());
    }

    private Object lock(Digest digest) {
        return locks.computeIfAbsent(digest, key -> new Object());
    }
}
