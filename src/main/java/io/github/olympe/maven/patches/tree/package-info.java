/** The files of one state: of a folder, or of a folder in a commit. Contents are compared by git's ids, and opened only when they are needed. */
@NullMarked
package io.github.olympe.maven.patches.tree;

import org.jspecify.annotations.NullMarked;
