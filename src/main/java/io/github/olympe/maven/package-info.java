/**
 * The plugin. This package holds {@link io.github.olympe.maven.OlympeException}, every error that a user can act on; the rooms below it
 * hold the rest. {@code goal} has the Mojos and is the only room that knows Maven. The features do not use each other; {@code goal} joins
 * them by passing values. What all of them share lies in {@code registry}, {@code ci}, {@code credential}, {@code http},
 * {@code process}, {@code io} and {@code text}. docs/architecture.md describes the rooms and their rules.
 */
@NullMarked
package io.github.olympe.maven;

import org.jspecify.annotations.NullMarked;
