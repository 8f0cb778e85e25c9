package io.github.olympe.maven.image.push;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.util.List;

/**
 * What a push did.
 *
 * @param request what was asked for
 * @param digest the digest that the registry now has under each tag
 * @param blobs what became of each blob, the configurations and the base image's layers included
 */
public record PushResult(PushRequest request, Digest digest, List<Blob> blobs) {

    public PushResult {
        blobs = List.copyOf(blobs);
    }

    /** How a blob came to be in the repository. */
    public enum Outcome {
        /** It was sent. */
        UPLOADED,
        /** The registry took it from another of its repositories. */
        MOUNTED,
        /** It was there already. */
        PRESENT
    }

    /**
     * A blob of the image.
     *
     * @param descriptor which one
     * @param outcome what became of it
     */
    public record Blob(Descriptor descriptor, Outcome outcome) {}

    /** How many blobs had this outcome. */
    public int count(Outcome outcome) {
        return (int) blobs.stream().filter(blob -> blob.outcome() == outcome).count();
    }

    /** How many bytes the blobs with this outcome have. */
    public long bytes(Outcome outcome) {
        return blobs.stream()
                .filter(blob -> blob.outcome() == outcome)
                .mapToLong(blob -> blob.descriptor().size())
                .sum();
    }
}
