/**
 * A base image: its configuration, its layers, and the files and accounts in them.
 */
@NullMarked
package io.github.olympe.maven.image.base;

import org.jspecify.annotations.NullMarked;
