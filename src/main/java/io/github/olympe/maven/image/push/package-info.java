/**
 * Pushing images to a registry. Layers are sent only if the registry lacks them; those of the base image are mounted, or fetched and sent.
 * Tags come last.
 */
@NullMarked
package io.github.olympe.maven.image.push;

import org.jspecify.annotations.NullMarked;
