/** What was read in a project: each value with the file and the line that has it. */
@NullMarked
package io.github.olympe.maven.adopt.found;

import org.jspecify.annotations.NullMarked;
