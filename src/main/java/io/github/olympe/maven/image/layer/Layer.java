package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.nio.file.Path;

/**
 * A layer of ours, compressed.
 *
 * @param content what it holds, for people: the folder of the source tree
 * @param blob the compressed blob, as a manifest describes it
 * @param diffId the digest of the tar
 * @param file the blob's file in the cache; whoever reads it checks the digest
 */
public record Layer(String content, Descriptor blob, Digest diffId, Path file) {}
