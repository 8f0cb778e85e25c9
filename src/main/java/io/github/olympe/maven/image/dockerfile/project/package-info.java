/**
 * A project's Dockerfile and what it is about: where it is found ({@link io.github.olympe.maven.image.dockerfile.project.DockerfileSearch}),
 * the project's folder and the base images' files as instructions see them ({@code ContextFolder}, {@code BaseFolder}), and the layers that
 * come of the plan ({@link io.github.olympe.maven.image.dockerfile.project.DockerfileImage}).
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.project;

import org.jspecify.annotations.NullMarked;
