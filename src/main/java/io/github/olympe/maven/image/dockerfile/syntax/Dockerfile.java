package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Dockerfile that has been read.
 *
 * @param path the file, as users know it
 * @param escape the character that escapes others and continues lines, {@code \} or {@code `}
 * @param instructions its instructions in their order
 */
public record Dockerfile(String path, char escape, List<Instruction> instructions) {

    /** After this many mistakes, the rest is not read. */
    private static final int MOST_MISTAKES = 20;

    public Dockerfile {
        instructions = List.copyOf(instructions);
    }

    /**
     * Reads a Dockerfile. Takes memory and time in proportion to the text.
     *
     * @param path the file, as users know it
     * @throws OlympeException if the text is not a Dockerfile, or has an instruction that cannot be followed; it has a line for each mistake,
     *     which begins with {@code path:line}
     */
    public static Dockerfile parse(String path, String text) {
        LogicalLines lines = new LogicalLines(path, text);
        List<Instruction> instructions = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Place place = lines.next(); place != null && mistakes.size() < MOST_MISTAKES; place = lines.next()) {
            try {
                instructions.add(InstructionParser.parse(place, place.text(), lines.escape()));
            } catch (Heredoc.Found e) {
                mistakes.add(e.refusal().getMessage());
                break; // The lines that follow are the here-document's, not instructions.
            } catch (OlympeException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (mistakes.isEmpty()) {
            requireStages(path, instructions, mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw OlympeException.of(mistakes);
        }
        return new Dockerfile(path, lines.escape(), instructions);
    }

    /**
     * Reads a single instruction, such as a base image's ONBUILD trigger.
     *
     * @param place where it is found, for error messages
     * @throws OlympeException if it is not one, or cannot be followed
     */
    public static Instruction instruction(Place place, String text) {
        try {
            Place line = new LogicalLines(place.path(), text).next();
            if (line == null) {
                throw place.mistake("it has no instruction");
            }
            return InstructionParser.parse(place, line.text(), '\\');
        } catch (Heredoc.Found e) {
            throw e.refusal();
        }
    }

    private static void requireStages(String path, List<Instruction> instructions, List<String> mistakes) {
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.From) {
                return;
            }
            if (!(instruction instanceof Instruction.Arg)) {
                mistakes.add(instruction
                        .place()
                        .mistake("only ARG may come before the first FROM")
                        .getMessage());
                return;
            }
        }
        mistakes.add(new Place(path, 1, "").path() + ":1: there is no FROM instruction; name the base image with one.");
    }
}
