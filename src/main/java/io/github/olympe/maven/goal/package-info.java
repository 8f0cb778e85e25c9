/**
 * The goals: each is its parameters and their documentation, and hands plain values to a feature. The only package that knows Maven.
 */
@NullMarked
package io.github.olympe.maven.goal;

import org.jspecify.annotations.NullMarked;
