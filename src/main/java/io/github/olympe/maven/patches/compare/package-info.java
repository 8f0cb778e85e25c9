/**
 * How two graphs differ. {@link io.github.olympe.maven.patches.compare.ComparedGraphs} reads as much of them as it takes to see it, and a
 * {@link io.github.olympe.maven.patches.compare.GraphDelta} has every difference as an
 * {@link io.github.olympe.maven.patches.compare.Edit}, so that it always leads from one graph to the other.
 */
@NullMarked
package io.github.olympe.maven.patches.compare;

import org.jspecify.annotations.NullMarked;
