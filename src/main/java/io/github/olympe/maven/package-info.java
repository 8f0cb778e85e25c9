/**
 * What every room of the plugin stands on: how a failure is told to a user ({@link io.github.olympe.maven.OlympeException}), how a
 * file is written so that no reader ever sees half of it ({@link io.github.olympe.maven.AtomicFile}), and how builds keep out of each
 * other's way ({@link io.github.olympe.maven.FolderLock}).
 *
 * <p>The rooms are {@code goal} (the only one that knows Maven), the features {@code snapshot}, {@code node}, {@code image} and
 * {@code deploy} (which do not know each other), and below them {@code ci} and {@code credential}.
 */
@NullMarked
package io.github.olympe.maven;

import org.jspecify.annotations.NullMarked;
