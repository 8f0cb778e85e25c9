/**
 * Where this build runs: {@link io.github.olympe.maven.ci.BuildContext} says which branch, commit, tag, build number and merge request it
 * is for, from the variables of the CI system, else from git. From it come the {@link io.github.olympe.maven.ci.Slug slugs} and the
 * {@link io.github.olympe.maven.ci.Template placeholders} of image tags and versions.
 */
@NullMarked
package io.github.olympe.maven.ci;

import org.jspecify.annotations.NullMarked;
