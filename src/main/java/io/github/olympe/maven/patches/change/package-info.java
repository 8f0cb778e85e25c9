/**
 * What changed between two states of code as data, told brick by brick in the words of Draw, and what an environment will import.
 *
 * <p>{@code ChangeFinder} groups all differences by the brick that they belong to, into
 * {@link io.github.olympe.maven.patches.change.Change}s; none is left out. {@code Labels} finds the names.
 */
@NullMarked
package io.github.olympe.maven.patches.change;

import org.jspecify.annotations.NullMarked;
