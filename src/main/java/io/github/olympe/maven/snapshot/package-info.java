/**
 * Saves code as data from Draw into git: reads the snapshot configuration, lets the toolkit write a snapshot into a staging folder, checks
 * it, and only then replaces the patches in the project or commits them to the repository.
 */
@NullMarked
package io.github.olympe.maven.snapshot;

import org.jspecify.annotations.NullMarked;
