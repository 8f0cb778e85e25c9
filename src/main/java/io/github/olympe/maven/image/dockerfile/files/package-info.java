/**
 * The files of an image while a Dockerfile is followed: a tree of {@link io.github.olympe.maven.image.dockerfile.files.Node}s. It begins as
 * the base image's files, and instructions change it ({@link io.github.olympe.maven.image.dockerfile.files.StageFiles}). Folders are read
 * from their source only when a name in them is looked up, so that a base image's layers are opened only if needed.
 * {@link io.github.olympe.maven.image.dockerfile.files.Changes} finds the differences.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.files;

import org.jspecify.annotations.NullMarked;
