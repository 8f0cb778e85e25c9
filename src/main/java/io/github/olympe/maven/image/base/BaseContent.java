package io.github.olympe.maven.image.base;

import io.github.olympe.maven.registry.Digest;
import java.nio.file.Path;

/**
 * The content of a file in a base image.
 *
 * @param file the file of the cache that has this content
 * @param digest its SHA-256
 * @param size its size in bytes
 */
public record BaseContent(Path file, Digest digest, long size) {}
