/** The npm packages of an install, kept on this machine, so that a fresh workspace with the same lock file gets them without npm. */
@NullMarked
package io.github.olympe.maven.node.packages;

import org.jspecify.annotations.NullMarked;
