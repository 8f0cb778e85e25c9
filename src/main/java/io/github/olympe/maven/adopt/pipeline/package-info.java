/** Reading the pipeline of each CI as jobs of shell lines. */
@NullMarked
package io.github.olympe.maven.adopt.pipeline;

import org.jspecify.annotations.NullMarked;
