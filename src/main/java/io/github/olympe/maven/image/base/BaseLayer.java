package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;

/**
 * A layer of a base image.
 *
 * @param blob the descriptor of the compressed blob in the manifest
 * @param diffId the digest of the uncompressed tar in the configuration
 */
public record BaseLayer(Descriptor blob, Digest diffId) {}
