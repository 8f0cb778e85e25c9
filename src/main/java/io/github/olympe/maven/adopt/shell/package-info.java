/** Shell lines, read and run symbolically: see {@link io.github.olympe.maven.adopt.shell.ShellRun}. */
@NullMarked
package io.github.olympe.maven.adopt.shell;

import org.jspecify.annotations.NullMarked;
