/**
 * Where this build runs. {@link io.github.olympe.maven.ci.BuildContext} knows the branch, commit, tag, build number and merge request, from
 * the variables of the CI system or else from git. It provides the {@link io.github.olympe.maven.ci.Slug slugs} and the values of
 * {@link io.github.olympe.maven.ci.Template placeholders} in image tags and versions.
 */
@NullMarked
package io.github.olympe.maven.ci;

import org.jspecify.annotations.NullMarked;
