/** Shell lines as words, operators and statements, as in POSIX and bash. */
@NullMarked
package io.github.olympe.maven.adopt.shell.syntax;

import org.jspecify.annotations.NullMarked;
