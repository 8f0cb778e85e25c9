/**
 * Running programs: found on the PATH, with a time limit, their output passed on line by line, ended with everything that they started. A
 * {@link io.github.olympe.maven.process.Command} is run by a {@link io.github.olympe.maven.process.CommandRunner};
 * {@link io.github.olympe.maven.process.RunningCommands} ends what a killed build left running.
 */
@NullMarked
package io.github.olympe.maven.process;

import org.jspecify.annotations.NullMarked;
