package io.github.olympe.maven.image.push;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.util.List;

/**
 * The result of a push.
 *
 * @param request the request
 * @param digest the digest that the registry now has under each tag
 * @param blobs what happened to each blob, including the configurations and the base image's layers
 */
public record PushResult(PushRequest request, Digest digest, List<Blob> blobs) {

    public PushResult {
        blobs = List.copyOf(blobs);
    }

    /** How a blob got into the repository. */
    public enum Outcome {
        /** It was sent. */
        UPLOADED,
        /** The registry mounted it from another of its repositories. */
        MOUNTED,
        /** It was already there. */
        PRESENT
    }

    /**
     * A blob of the image.
     *
     * @param descriptor its descriptor
     * @param outcome what happened to it
     */
    public record Blob(Descriptor descriptor, Outcome outcome) {}

    /** Returns the number of blobs with this outcome. */
    public int count(Outcome outcome) {
        return (int) blobs.stream().filter(blob -> blob.outcome() == outcome).count();
    }

    /** Returns the size of the blobs with this outcome, in bytes. */
    public long bytes(Outcome outcome) {
        return blobs.stream()
                .filter(blob -> blob.outcome() == outcome)
                .mapToLong(blob -> blob.descriptor().size())
                .sum();
    }
}
