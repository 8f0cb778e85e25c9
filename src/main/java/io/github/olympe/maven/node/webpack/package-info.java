/**
 * Finds out whether the plugin knows everything that a build depends on, so that by default it may skip the build or run two at the same
 * time: {@link io.github.olympe.maven.node.webpack.WebpackBuild} reads the script and the configuration of webpack,
 * {@link io.github.olympe.maven.node.webpack.KnownProject} the project's files. Anything that is not known for certain counts as unsafe.
 */
@NullMarked
package io.github.olympe.maven.node.webpack;

import org.jspecify.annotations.NullMarked;
