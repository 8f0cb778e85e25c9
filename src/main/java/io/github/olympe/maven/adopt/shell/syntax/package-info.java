/** Shell lines as words, operators and statements, as POSIX and bash have them. */
@NullMarked
package io.github.olympe.maven.adopt.shell.syntax;

import org.jspecify.annotations.NullMarked;
