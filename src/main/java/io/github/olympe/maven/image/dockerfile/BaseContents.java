package io.github.olympe.maven.image.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;

/**
 * An image that a Dockerfile builds on or copies from.
 *
 * @param configuration the image's whole configuration, which is never changed
 * @param files the root folder of its files
 */
public record BaseContents(ObjectNode configuration, FolderSource files) {}
