package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parsed Dockerfile.
 *
 * @param path the file, as users know it
 * @param escape the character that escapes others and continues lines, {@code \} or {@code `}
 * @param instructions its instructions, in order; empty if a mistake makes it unclear where its stages begin
 * @param mistakes what docker would refuse, in the order of the lines
 */
public record Dockerfile(String path, char escape, List<Instruction> instructions, List<Mistake> mistakes) {

    /** Reading stops after more mistakes than this. */
    public static final int MOST_MISTAKES = 20;

    public Dockerfile {
        instructions = List.copyOf(instructions);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Parses a Dockerfile, in time and memory proportional to the text. A wrong instruction becomes a mistake, an unsupported one becomes
     * {@link Instruction.NotFollowed}, and parsing goes on after it.
     *
     * @param path the file, as users know it
     * @throws OlympeException if the text is in another language than docker's own
     */
    public static Dockerfile parse(String path, String text) {
        LogicalLines lines = new LogicalLines(path, text);
        List<Instruction> instructions = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        boolean stagesAreKnown = true;
        for (Place place = lines.next(); place != null && mistakes.size() <= MOST_MISTAKES; place = lines.next()) {
            try {
                instructions.add(InstructionParser.parse(place, place.text(), lines.escape()));
            } catch (Heredoc.Found e) {
                if (e.documents().isEmpty()) {
                    mistakes.add(mistake(place, e.refusal()));
                    stagesAreKnown = false;
                    break; // The next lines may or may not be instructions.
                }
                instructions.add(new Instruction.NotFollowed(place, e.refusal().getMessage()));
                e.documents().forEach(lines::skip);
            } catch (NotFollowedException e) {
                instructions.add(new Instruction.NotFollowed(place, e.getMessage()));
            } catch (OlympeException e) {
                mistakes.add(mistake(place, e));
                stagesAreKnown &=
                        !Statement.of(place.text(), lines.escape()).keyword().equals("FROM");
            }
        }
        if (stagesAreKnown) {
            stray(instructions).ifPresent(mistakes::add);
        }
        if (mistakes.isEmpty() && instructions.stream().noneMatch(Instruction.From.class::isInstance)) {
            mistakes.add(new Mistake(1, path + ":1: there is no FROM instruction; name the base image with one."));
        }
        return new Dockerfile(path, lines.escape(), stagesAreKnown ? instructions : List.of(), mistakes);
    }

    private static Mistake mistake(Place place, OlympeException e) {
        return new Mistake(place.line(), e.getMessage());
    }

    /**
     * Parses a single instruction, such as a base image's ONBUILD trigger.
     *
     * @param place where it was found, for error messages
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

    /** The instruction that comes before the first stage and may not. */
    private static Optional<Mistake> stray(List<Instruction> instructions) {
        return instructions.stream()
                .filter(instruction -> !(instruction instanceof Instruction.Arg))
                .findFirst()
                .filter(instruction -> !(instruction instanceof Instruction.From))
                .map(Instruction::place)
                .map(place -> mistake(place, place.mistake("only ARG may come before the first FROM")));
    }
}
