/**
 * An existing project read, and its pom and pipeline written. {@code pipeline} reads the pipeline of each CI as jobs of shell lines, and {@code shell}
 * runs these lines without a shell: what a CI knows only later stays a placeholder such as {@code {branch}}, and commands are noted instead of
 * carried out. What comes of it are the values of {@code found}. This package makes the settings of a pom from them, and writes the files.
 */
@NullMarked
package io.github.olympe.maven.adopt;

import org.jspecify.annotations.NullMarked;
