package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.nio.file.Path;

/**
 * A compressed layer that the plugin made.
 *
 * @param content its content, for people: the folder of the source tree
 * @param blob the descriptor of the compressed blob for a manifest
 * @param diffId the digest of the tar
 * @param file the blob's file in the cache; readers must check its digest
 */
public record Layer(String content, Descriptor blob, Digest diffId, Path file) {}
