package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Arg;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stage of a Dockerfile: a FROM and the instructions up to the next one.
 *
 * @param number its number in the Dockerfile, from 0
 */
record Stage(int number, From from, List<Instruction> instructions) {

    Stage {
        instructions = List.copyOf(instructions);
    }

    static List<Stage> of(Dockerfile dockerfile) {
        List<Stage> stages = new ArrayList<>();
        List<Instruction> instructions = new ArrayList<>();
        From from = null;
        for (Instruction instruction : dockerfile.instructions()) {
            if (instruction instanceof From next) {
                if (from != null) {
                    stages.add(new Stage(stages.size(), from, instructions));
                }
                from = next;
                instructions = new ArrayList<>();
            } else if (from != null) {
                instructions.add(instruction);
            }
        }
        if (from != null) {
            stages.add(new Stage(stages.size(), from, instructions));
        }
        return stages;
    }

    /** Returns the ARG instructions before the first stage. */
    static List<Arg> global(Dockerfile dockerfile) {
        List<Arg> global = new ArrayList<>();
        for (Instruction instruction : dockerfile.instructions()) {
            if (!(instruction instanceof Arg arg)) {
                break;
            }
            global.add(arg);
        }
        return global;
    }

    /** Returns its name for the log. */
    String title() {
        return from.name().map(name -> "'" + name + "'").orElse("number " + number);
    }

    /**
     * Returns the stage before this one that a COPY copies from.
     *
     * @return empty if it copies from the context or from an image
     * @throws io.github.olympe.maven.OlympeException if there is no such stage
     */
    Optional<Stage> copied(List<Stage> stages, Copy copy) {
        if (copy.from().isEmpty()) {
            return Optional.empty();
        }
        String name = copy.from().get();
        if (name.contains("$")) {
            throw copy.place()
                    .mistake("the flag '--from' takes no variables; name a stage, and use the variable in its FROM");
        }
        if (name.matches("[0-9]{1,9}")) {
            int index = Integer.parseInt(name);
            if (index >= number) {
                throw copy.place().mistake("there is no stage " + name + " before this one; name one of those above");
            }
            return Optional.of(stages.get(index));
        }
        return named(stages, name);
    }

    /** Returns the last stage before this one with this name. */
    Optional<Stage> named(List<Stage> stages, String name) {
        for (int i = number - 1; i >= 0; i--) {
            if (stages.get(i).from().name().filter(name::equalsIgnoreCase).isPresent()) {
                return Optional.of(stages.get(i));
            }
        }
        return Optional.empty();
    }
}
