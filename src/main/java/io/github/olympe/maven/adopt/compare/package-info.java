/**
 * Shows that the plugin's images are the same as those of the old pipeline: two images are read completely and compared in their files,
 * owners, modes and configuration. Each difference is reported with its reason, if that is known.
 */
@NullMarked
package io.github.olympe.maven.adopt.compare;

import org.jspecify.annotations.NullMarked;
