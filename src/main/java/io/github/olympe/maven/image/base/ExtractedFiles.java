package io.github.olympe.maven.image.base;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.text.Reason;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The contents of files in a base image's layers, kept in the cache by their digest. Each is compared with its digest before it is used. A
 * damaged one is extracted from its layer again.
 */
final class ExtractedFiles {

    private static final int FORMAT = 2;

    private final BaseImage image;
    private final Path cache;

    /**
     * Creates a view of an image's files.
     *
     * @param cache the folder that keeps them
     */
    ExtractedFiles(BaseImage image, Path cache) {
        this.image = image;
        this.cache = cache;
    }

    /**
     * Returns the contents of files of a layer. The layer is read at most once.
     *
     * @throws IOException if the layer cannot be read or lacks one of them
     * @throws OlympeException if the cache cannot be written
     */
    Map<String, BaseContent> get(BaseLayer layer, Set<String> paths) throws IOException {
        Map<String, BaseContent> known = known(layer);
        Set<String> missing = new HashSet<>();
        for (String path : paths) {
            BaseContent content = known.get(path);
            if (content == null || !isWhole(content)) {
                missing.add(path);
            }
        }
        if (!missing.isEmpty()) {
            known.putAll(extract(layer, missing));
            CheckedFile.remember(memo(layer), out -> write(known, new DataOutputStream(out)));
        }
        return known;
    }

    private static boolean isWhole(BaseContent content) {
        try {
            boolean whole = Files.isRegularFile(content.file())
                    && Files.size(content.file()) == content.size()
                    && Digest.ofFile(content.file()).equals(content.digest());
            if (whole) {
                UnusedFiles.markUsed(content.file());
            }
            return whole;
        } catch (IOException e) {
            return false;
        }
    }

    private Map<String, BaseContent> extract(BaseLayer layer, Set<String> paths) throws IOException {
        Set<String> missing = new HashSet<>(paths);
        Map<String, BaseContent> extracted = new HashMap<>();
        try (LayerEntries in = new LayerEntries(
                LayerEntries.unpack(image.open(layer)), layer.blob().size())) {
            // Reads to the end, because the last of several entries of one path counts.
            for (TarArchiveEntry entry = in.next(); entry != null; entry = in.next()) {
                String path = LayerEntries.clean(entry.getName());
                if (entry.isFile() && paths.contains(path)) {
                    missing.remove(path);
                    extracted.put(path, store(in.content()));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("it has no '" + missing.iterator().next() + "' any more");
        }
        return extracted;
    }

    /**
     * Writes a file to the cache.
     *
     * @throws IOException if the content cannot be read
     * @throws OlympeException if the file cannot be written
     */
    private BaseContent store(InputStream content) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (TemporaryPath temporary = written(() -> TemporaryPath.in(cache.resolve("contents")))) {
            try (OutputStream out = written(() -> Files.newOutputStream(temporary.path()))) {
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    int read = length;
                    written(() -> {
                        out.write(buffer, 0, read);
                        return out;
                    });
                    sha256.update(buffer, 0, read);
                    size += read;
                }
            }
            Digest digest = Digest.of(sha256);
            Path file = file(digest);
            written(() -> {
                temporary.replaceFile(file);
                return file;
            });
            return new BaseContent(file, digest, size);
        }
    }

    private <T> T written(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new OlympeException(
                    "The cache folder '" + cache + "' cannot be written (" + Reason.of(e)
                            + "). Check its permissions and the free disk space.",
                    e);
        }
    }

    /** A step of writing. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private Path file(Digest digest) {
        return cache.resolve("contents").resolve(digest.hex());
    }

    private Path memo(BaseLayer layer) {
        return cache.resolve("extracted").resolve(layer.blob().digest().hex());
    }

    private Map<String, BaseContent> known(BaseLayer layer) {
        Map<String, BaseContent> known = new HashMap<>();
        Optional<byte[]> memo = CheckedFile.read(memo(layer));
        if (memo.isPresent()) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(memo.get()))) {
                if (in.readInt() == FORMAT) {
                    for (int count = in.readInt(); count > 0; count--) {
                        String path = in.readUTF();
                        Digest digest = Digest.ofHex(in.readUTF());
                        known.put(path, new BaseContent(file(digest), digest, in.readLong()));
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("the memo has its checksum and is not whole", e);
            }
        }
        return known;
    }

    private static void write(Map<String, BaseContent> contents, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(contents.size());
        for (Map.Entry<String, BaseContent> content : contents.entrySet()) {
            out.writeUTF(content.getKey());
            out.writeUTF(content.getValue().digest().hex());
            out.writeLong(content.getValue().size());
        }
    }
}
