/**
 * What an image is, assembling it as the documented Dockerfiles would, and moving it to a registry.
 *
 * <p>Assembling ({@link io.github.olympe.maven.image.ImageAssembler}): an {@link io.github.olympe.maven.image.ImageSpec} says what a
 * Dockerfile would; the source tree is read ({@code SourceTree}, filtered by {@code SourceFilter}) and its files are hashed
 * ({@code ContentHashes}); owner and target are looked up in the base image's layers ({@code BaseFiles}, {@code Placement}); the tree is
 * split ({@code LayerSplit}) and planned ({@code LayerPlan}) into layers, of which only those that no earlier build made
 * ({@code LayerCache}) are written ({@code LayerTar}) and compressed ({@code ParallelGzip}). The result is an
 * {@link io.github.olympe.maven.image.ImageLayout}, without the base image's layers.
 *
 * <p>Registries ({@link io.github.olympe.maven.image.Registries}): base images are pulled, each layer only when it is opened, and layouts are
 * pushed; the base image's layers are mounted, or fetched and uploaded, only where the registry lacks them.
 *
 * <p>What the build hands on is in {@link io.github.olympe.maven.image.ImagesFile} and {@link io.github.olympe.maven.image.BuildEnv}.
 */
@NullMarked
package io.github.olympe.maven.image;

import org.jspecify.annotations.NullMarked;
