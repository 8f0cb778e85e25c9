/** The pipeline of each CI, read as jobs of shell lines. */
@NullMarked
package io.github.olympe.maven.adopt.pipeline;

import org.jspecify.annotations.NullMarked;
