package io.github.olympe.maven.registry;

import java.util.Objects;

/**
 * A content descriptor of the OCI image specification: a blob's type, digest and size.
 *
 * @param mediaType the blob's media type
 * @param digest its SHA-256
 * @param size its size in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {

    public Descriptor {
        Objects.requireNonNull(mediaType, "a blob has no 'mediaType'");
        Objects.requireNonNull(digest, "a blob has no 'digest'");
    }
}
