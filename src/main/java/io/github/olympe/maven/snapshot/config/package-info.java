/**
 * The snapshot configuration: finding its files, reading its entries, and reporting every mistake as a sentence with file, entry and key.
 */
@NullMarked
package io.github.olympe.maven.snapshot.config;

import org.jspecify.annotations.NullMarked;
