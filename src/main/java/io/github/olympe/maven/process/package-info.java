/**
 * Running programs: found on the PATH, with a time limit, their output passed on line by line, ended with everything that they started. A
 * {@link io.github.olympe.maven.process.Command} is run by a {@link io.github.olympe.maven.process.CommandRunner};
 * {@link io.github.olympe.maven.process.RunningCommands} ends what a killed build left running. And threads: tasks that run side by side
 * ({@link io.github.olympe.maven.process.Workers}), and what is done at a steady pace ({@link io.github.olympe.maven.process.Ticker}).
 */
@NullMarked
package io.github.olympe.maven.process;

import org.jspecify.annotations.NullMarked;
