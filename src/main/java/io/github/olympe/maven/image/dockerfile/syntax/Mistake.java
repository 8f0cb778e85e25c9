package io.github.olympe.maven.image.dockerfile.syntax;

/**
 * What is wrong with an instruction.
 *
 * @param line the number of its first line, from 1
 * @param sentence a whole sentence for users, which begins with {@code path:line}
 */
public record Mistake(int line, String sentence) {}
