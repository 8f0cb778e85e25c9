/**
 * Running programs: live output line by line, a time limit, and no process left behind, not even one of a build that was
 * killed.
 */
@NullMarked
package io.github.olympe.maven.process;

import org.jspecify.annotations.NullMarked;
