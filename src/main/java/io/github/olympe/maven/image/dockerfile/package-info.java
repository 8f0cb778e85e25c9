/**
 * Following a Dockerfile: the image that it makes from the files of a project and a base image, computed without running anything.
 *
 * <p>{@code syntax} reads the text, {@code files} is the image's files while they change, {@code run} is the commands of {@code RUN}. Here
 * the instructions are carried out: {@link io.github.olympe.maven.image.dockerfile.DockerfileBuild} finds the stages that are needed,
 * {@code StageBuild} carries out one stage's instructions in their order, and the result is an
 * {@link io.github.olympe.maven.image.dockerfile.DockerfilePlan}: the files that differ from the base image's, and the image's
 * configuration. Nothing here reads a disk or a registry; a base image and the build context are asked through small interfaces.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile;

import org.jspecify.annotations.NullMarked;
