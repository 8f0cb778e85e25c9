package io.github.olympe.maven.registry;

/**
 * What the OCI image specification calls a content descriptor: a blob's type, digest and size.
 *
 * @param mediaType the blob's media type
 * @param digest its SHA-256
 * @param size its size in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
