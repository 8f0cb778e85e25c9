/**
 * The files that go into an image: the tree, what is excluded from it, the hashes of contents, and file times.
 */
@NullMarked
package io.github.olympe.maven.image.source;

import org.jspecify.annotations.NullMarked;
