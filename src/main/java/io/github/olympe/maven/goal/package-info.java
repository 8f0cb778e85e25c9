/**
 * The goals: each consists of its parameters and their documentation, and passes plain values to a feature. The only package that knows
 * Maven.
 */
@NullMarked
package io.github.olympe.maven.goal;

import org.jspecify.annotations.NullMarked;
