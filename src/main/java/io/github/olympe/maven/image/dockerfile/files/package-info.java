/**
 * The files of an image while a Dockerfile is followed: a tree of {@link io.github.olympe.maven.image.dockerfile.files.Node}s that begins as
 * the base image's and is changed as instructions change it ({@link io.github.olympe.maven.image.dockerfile.files.StageFiles}). Folders are
 * looked up where they come from only when a name in them is asked for, so that a base image's layers are opened only where they decide
 * something. {@link io.github.olympe.maven.image.dockerfile.files.Changes} tells what became different.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.files;

import org.jspecify.annotations.NullMarked;
