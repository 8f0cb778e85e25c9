/**
 * Code as data as a graph: what the patches of a snapshot say, what changed between two states of them, and what an environment imports
 * when one is deployed over the other.
 *
 * <p>A patch file creates the instances and relations of one brick. {@code tree} gives the files of a folder or of a commit, {@code graph}
 * reads the patches among them, {@code compare} finds how two graphs differ, and {@code change} tells it in the words of Draw.
 */
@NullMarked
package io.github.olympe.maven.patches;

import org.jspecify.annotations.NullMarked;
