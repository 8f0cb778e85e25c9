/**
 * Moving images to a registry: the base image's layers are mounted, or fetched and sent, only where the registry lacks
 * them; tags come last.
 */
@NullMarked
package io.github.olympe.maven.image.push;

import org.jspecify.annotations.NullMarked;
