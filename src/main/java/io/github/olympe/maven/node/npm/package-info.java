/**
 * npm: installing packages, packing and publishing a library, and its credentials.
 */
@NullMarked
package io.github.olympe.maven.node.npm;

import org.jspecify.annotations.NullMarked;
