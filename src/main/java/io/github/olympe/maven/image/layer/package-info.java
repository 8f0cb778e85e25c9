/**
 * Layers: how a tree is split and planned into them, their tar, its compression, and the cache of what was made before.
 */
@NullMarked
package io.github.olympe.maven.image.layer;

import org.jspecify.annotations.NullMarked;
