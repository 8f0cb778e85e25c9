/**
 * The snapshot configuration: where it is, what its entries say, and every mistake in it as a sentence with file, entry and key.
 */
@NullMarked
package io.github.olympe.maven.snapshot.config;

import org.jspecify.annotations.NullMarked;
