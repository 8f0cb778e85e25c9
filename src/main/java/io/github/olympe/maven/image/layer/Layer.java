package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.Digest;
import java.nio.file.Path;

/**
 * A layer of ours, compressed.
 *
 * @param content what it holds, for people: the folder of the source tree
 * @param digest the digest of the blob
 * @param size the blob's size in bytes
 * @param diffId the digest of the tar
 * @param blob the blob's file in the cache
 */
public record Layer(String content, Digest digest, long size, Digest diffId, Path blob) {}
