package io.github.olympe.maven.adopt.shell.syntax;

import java.util.List;
import java.util.Optional;

/** A statement of a shell script. */
public sealed interface Statement {

    /**
     * A command with its arguments.
     *
     * @param assignments {@code NAME=value} before it
     * @param words the command and its arguments, with their quotes
     * @param input its input from {@code <<} or {@code <<<}
     * @param outputs the files that its output goes to
     * @param line the line that it begins in
     */
    record Command(List<String> assignments, List<String> words, Optional<String> input, List<Output> outputs, int line)
            implements Statement {}

    /**
     * A file that output goes to.
     *
     * @param file the file
     * @param appends whether the output is appended
     */
    record Output(String file, boolean appends) {}

    /** Commands that each read the output of the one before. */
    record Pipe(List<Statement> parts) implements Statement {}

    /** Two statements, the second of which depends on how the first ends. */
    record Chain(Statement first, boolean and, Statement second) implements Statement {}

    /** Statements in braces or parentheses. */
    record Group(List<Statement> body) implements Statement {}

    /** A condition with its two branches. */
    record If(List<Statement> condition, List<Statement> then, List<Statement> otherwise, int line)
            implements Statement {}

    /** A loop over words. */
    record For(String variable, List<String> words, List<Statement> body) implements Statement {}

    /** A loop with a condition. */
    record While(List<Statement> condition, List<Statement> body, int line) implements Statement {}

    /** A {@code case} statement. */
    record Case(String word, List<Choice> choices, int line) implements Statement {}

    /** Patterns and the statements to run for them. */
    record Choice(List<String> patterns, List<Statement> body) {}

    /** A function's definition. */
    record Function(String name, List<Statement> body) implements Statement {}
}
