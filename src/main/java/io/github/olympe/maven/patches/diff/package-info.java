/**
 * What changed between two states of code as data, told brick by brick in the words of Draw.
 *
 * <p>{@link io.github.olympe.maven.patches.diff.ComparedGraphs} reads as much of two graphs as it takes to see their differences, each an
 * {@link io.github.olympe.maven.patches.diff.Edit}. {@code ChangeFinder} groups all edits by the brick that they belong to, into
 * {@link io.github.olympe.maven.patches.diff.Change}s; none is left out, so that the changes of one graph always lead to the other.
 */
@NullMarked
package io.github.olympe.maven.patches.diff;

import org.jspecify.annotations.NullMarked;
