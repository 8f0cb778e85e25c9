/**
 * Reads the text of a Dockerfile into a value, {@link io.github.olympe.maven.image.dockerfile.syntax.Dockerfile}: the lines are joined
 * ({@code LogicalLines}), each is split into keyword, flags and arguments ({@code Statement}), and each keyword has its own form
 * ({@code InstructionParser}). Variables stay as they are written until an instruction is carried out
 * ({@link io.github.olympe.maven.image.dockerfile.syntax.Expansion}).
 *
 * <p>The rules are those of docker's "Dockerfile reference"; where it is not clear, those of BuildKit. What docker refuses is refused, and
 * so is what cannot be followed without running a program.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.syntax;

import org.jspecify.annotations.NullMarked;
