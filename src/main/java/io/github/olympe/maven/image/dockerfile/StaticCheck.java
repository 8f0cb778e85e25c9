package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.run.NotComputable;
import io.github.olympe.maven.image.dockerfile.run.Script;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Run;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.ArrayList;
import java.util.List;

/** Finds what cannot be followed before any file is read: scripts, and sources that are not files. */
final class StaticCheck {

    private StaticCheck() {}

    static void of(List<Stage> stages, char escape) {
        List<String> mistakes = new ArrayList<>();
        for (Stage stage : stages) {
            for (Instruction instruction : stage.instructions()) {
                try {
                    check(instruction);
                } catch (OlympeException e) {
                    mistakes.add(e.getMessage());
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw OlympeException.of(mistakes);
        }
    }

    private static void check(Instruction instruction) {
        if (instruction instanceof Run run) {
            script(run);
        } else if (instruction instanceof Copy copy) {
            copy.sources().forEach(source -> requireLocal(copy, source));
        }
    }

    /** The script of a RUN. */
    static Script script(Run run) {
        List<String> words = run.command().words();
        Place place = run.place();
        try {
            if (words.isEmpty()) {
                throw place.mistake("it has no command; write RUN and a command");
            }
            return run.command().exec() ? Script.exec(words) : Script.shell(words.get(0));
        } catch (NotComputable e) {
            throw place.unsupported(e.reason(), e.advice());
        } catch (FilesException e) {
            throw place.mistake(e.reason());
        }
    }

    /** Requires that a source is a file in the context, and neither on the web nor in git. */
    static void requireLocal(Copy copy, String source) {
        if (source.matches("(?i)(?:https?|git|ssh)://.*|git@[^/]*:.*")) {
            throw copy.isAdd()
                    ? copy.place().unsupported("'" + source + "' is not a file of the project")
                    : copy.place().mistake("'" + source + "' is not a file; copy one of the project");
        }
    }
}
