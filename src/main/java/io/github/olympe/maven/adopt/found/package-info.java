/** The findings in a project, each with its file and line. */
@NullMarked
package io.github.olympe.maven.adopt.found;

import org.jspecify.annotations.NullMarked;
