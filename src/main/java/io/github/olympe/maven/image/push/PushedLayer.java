package io.github.olympe.maven.image.push;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;

/**
 * A layer that an earlier build pushed.
 *
 * @param blob the descriptor of its compressed blob, as in an OCI manifest
 * @param diffId the digest of its tar
 * @param image the image that has it, pinned by its digest
 */
public record PushedLayer(Descriptor blob, Digest diffId, ImageReference image) {}
