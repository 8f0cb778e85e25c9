/**
 * Layers: how a tree is split and planned into layers, their tars, their compression, and the cache of earlier layers.
 */
@NullMarked
package io.github.olympe.maven.image.layer;

import org.jspecify.annotations.NullMarked;
