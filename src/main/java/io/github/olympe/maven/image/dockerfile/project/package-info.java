/**
 * A project's Dockerfile and its surroundings: finding it ({@link io.github.olympe.maven.image.dockerfile.project.DockerfileSearch}), the
 * project's folder and the base images' files as instructions see them ({@code ContextFolder}, {@code BaseFolder}), and the layers of the
 * resulting plan ({@link io.github.olympe.maven.image.dockerfile.project.DockerfileImage}).
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.project;

import org.jspecify.annotations.NullMarked;
