/**
 * Assembling images without a Docker daemon. {@link io.github.olympe.maven.image.ImageSpec} says what goes into an image, and
 * {@link io.github.olympe.maven.image.ImageAssembler} makes it, using the shelves below:
 *
 * <ul>
 *   <li>{@code source} reads the project's files, leaves out what the filters exclude, and hashes contents.
 *   <li>{@code base} reads a base image: its configuration, files and accounts.
 *   <li>{@code layer} splits the files into layers, writes and compresses their tars, and caches them.
 *   <li>{@code layout} writes configuration, manifest and OCI layout, {@code images.json} and {@code build.env}.
 *   <li>{@code push} moves an image to a registry. Tags come last.
 * </ul>
 */
@NullMarked
package io.github.olympe.maven.image;

import org.jspecify.annotations.NullMarked;
