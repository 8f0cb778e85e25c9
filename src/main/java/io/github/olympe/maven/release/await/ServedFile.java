package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Digest;

/**
 * A file of a frontend.
 *
 * @param path its path below the folder that the web server serves, such as {@code js/main.3f2a1b4c.js}
 * @param content the digest of its content
 * @param size its size in bytes
 */
public record ServedFile(String path, Digest content, long size) {}
