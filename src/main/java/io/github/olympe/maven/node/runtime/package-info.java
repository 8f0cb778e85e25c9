/**
 * Which Node.js is used: the one on the PATH or one that is installed privately, its version and platform.
 */
@NullMarked
package io.github.olympe.maven.node.runtime;

import org.jspecify.annotations.NullMarked;
