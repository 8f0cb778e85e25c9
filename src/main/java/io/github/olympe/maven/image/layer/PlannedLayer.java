package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A layer that is not written yet.
 *
 * @param content its content, for people: the folder of the source tree
 * @param createdBy the Dockerfile instruction that would make it, for the image's history
 * @param entries its entries, in the order in which they are written
 */
public record PlannedLayer(String content, String createdBy, List<LayerEntry> entries) {

    private static final int FORMAT = 3;
    /** The number of entries whose digest is computed at once. The key depends on it. */
    private static final int PART = 4096;

    /**
     * Returns the cache key of these entries: a digest of each entry's path, type, mode, owner, size and content. File times do not matter.
     */
    public String key(Workers workers) {
        List<Supplier<byte[]>> parts = new ArrayList<>();
        for (int start = 0; start < entries.size(); start += PART) {
            List<LayerEntry> part = entries.subList(start, Math.min(start + PART, entries.size()));
            parts.add(() -> digest(part));
        }
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) FORMAT);
        workers.all(parts).forEach(sha256::update);
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
}
