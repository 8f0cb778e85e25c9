/**
 * The files that go into an image: the tree, what is left out, hashes of contents, file times.
 */
@NullMarked
package io.github.olympe.maven.image.source;

import org.jspecify.annotations.NullMarked;
