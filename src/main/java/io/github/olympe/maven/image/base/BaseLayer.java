package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;

/**
 * A layer of a base image.
 *
 * @param blob the compressed blob, as its manifest describes it
 * @param diffId the digest of the uncompressed tar, as its configuration has it
 */
public record BaseLayer(Descriptor blob, Digest diffId) {}
