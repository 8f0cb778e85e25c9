/**
 * Running programs: they are found on the PATH, have a time limit, pass on their output line by line, and are ended with everything that
 * they started. A {@link io.github.olympe.maven.process.Command} is run by a {@link io.github.olympe.maven.process.CommandRunner};
 * {@link io.github.olympe.maven.process.RunningCommands} ends what a killed build left running. The room also has threads: tasks that run
 * in parallel ({@link io.github.olympe.maven.process.Workers}), and tasks that repeat at a steady pace
 * ({@link io.github.olympe.maven.process.Ticker}).
 */
@NullMarked
package io.github.olympe.maven.process;

import org.jspecify.annotations.NullMarked;
