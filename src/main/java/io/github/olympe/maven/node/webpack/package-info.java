/**
 * Whether the plugin knows all that a build depends on, so that it may leave the build out, or run two at the same time, without being told
 * to: {@link io.github.olympe.maven.node.webpack.WebpackBuild} reads the script and the configuration of webpack, {@link
 * io.github.olympe.maven.node.webpack.KnownProject} the project's files. What they do not know for sure is never taken for safe.
 */
@NullMarked
package io.github.olympe.maven.node.webpack;

import org.jspecify.annotations.NullMarked;
