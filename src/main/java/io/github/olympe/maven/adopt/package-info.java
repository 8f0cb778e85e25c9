/**
 * Reading an existing project and writing its pom and pipeline. {@code pipeline} reads the pipeline of each CI as jobs of shell lines, and
 * {@code shell} runs these lines without a shell: what a CI knows only later stays a placeholder such as {@code {branch}}, and commands are
 * recorded instead of executed. The result is the values of {@code found}. This package turns them into the settings of a pom and writes
 * the files.
 */
@NullMarked
package io.github.olympe.maven.adopt;

import org.jspecify.annotations.NullMarked;
