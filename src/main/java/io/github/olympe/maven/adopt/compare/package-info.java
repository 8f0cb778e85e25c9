/**
 * Proves that the images of the plugin are those of the old pipeline: two images are read completely, and compared in their files, owners,
 * modes and configuration. Where they differ for a reason that is known, it is said with the difference.
 */
@NullMarked
package io.github.olympe.maven.adopt.compare;

import org.jspecify.annotations.NullMarked;
