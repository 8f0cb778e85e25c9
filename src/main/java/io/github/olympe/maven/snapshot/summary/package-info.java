/**
 * Summaries of what a snapshot changes, for the commit message and for a dry run. The caller provides the wording. This package collects
 * the files before and after, and fetches only those that differ.
 */
@NullMarked
package io.github.olympe.maven.snapshot.summary;

import org.jspecify.annotations.NullMarked;
