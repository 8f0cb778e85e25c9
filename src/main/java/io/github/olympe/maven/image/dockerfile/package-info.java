/**
 * Follows a Dockerfile: computes the image that it makes from the files of a project and a base image, without running anything.
 *
 * <p>{@code syntax} reads the text. {@code files} has the image's files while they change. {@code run} computes the commands of
 * {@code RUN}. This package carries out the instructions: {@link io.github.olympe.maven.image.dockerfile.DockerfileBuild} finds the stages
 * that are needed, {@code StageBuild} carries out one stage's instructions in order, and the result is an
 * {@link io.github.olympe.maven.image.dockerfile.DockerfilePlan}: the files that differ from the base image's, and the image's
 * configuration. Nothing here reads a disk or a registry; base images and the build context come through small interfaces.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile;

import org.jspecify.annotations.NullMarked;
