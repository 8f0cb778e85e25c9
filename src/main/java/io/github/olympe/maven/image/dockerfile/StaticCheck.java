package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.files.FileMode;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.run.NotComputable;
import io.github.olympe.maven.image.dockerfile.run.Script;
import io.github.olympe.maven.image.dockerfile.syntax.Expansion;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Run;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds mistakes and unsupported instructions before any file is read. The values of variables are not known yet. */
final class StaticCheck {

    private static final Pattern ARCHIVE = Pattern.compile("(?i).+\\.(?:tar(?:\\.(?:gz|bz2|xz|zst))?|tgz|tbz2?|txz)");

    private final char escape;
    private List<String> shell = List.of();

    private StaticCheck(char escape) {
        this.escape = escape;
    }

    static void of(Stage stage, char escape, Mistakes mistakes) {
        StaticCheck check = new StaticCheck(escape);
        for (Instruction instruction : stage.instructions()) {
            mistakes.collect(instruction.place(), () -> check.check(instruction));
        }
    }

    private void check(Instruction instruction) {
        Place place = instruction.place();
        Expansion expansion = new Expansion(place, escape, name -> "x");
        instruction.expanded().forEach(expansion::word);
        if (instruction instanceof Instruction.NotFollowed refused) {
            throw new OlympeException(refused.refusal());
        } else if (instruction instanceof Run run) {
            script(run);
            if (!shell.isEmpty()) {
                RunStep.requireShell(run, shell);
            }
        } else if (instruction instanceof Instruction.Shell written) {
            shell = written.words();
        } else if (instruction instanceof Copy copy) {
            copy.sources().forEach(source -> source(copy, source));
            copy.mode().filter(StaticCheck::isKnown).ifPresent(mode -> mode(place, expansion.word(mode)));
        } else if (instruction instanceof Instruction.Expose expose) {
            known(expose.ports())
                    .flatMap(port -> expansion.words(port).stream())
                    .forEach(port -> Ports.of(place, port));
        } else if (instruction instanceof Instruction.StopSignal signal && isKnown(signal.signal())) {
            Signals.require(place, expansion.word(signal.signal()));
        }
    }

    private static Stream<String> known(List<String> texts) {
        return texts.stream().filter(StaticCheck::isKnown);
    }

    private static boolean isKnown(String text) {
        return !text.contains("$");
    }

    private static void source(Copy copy, String source) {
        requireLocal(copy, source);
        if (isKnown(source)) {
            requireInside(copy, source);
        }
        if (copy.isAdd() && ARCHIVE.matcher(source).matches()) {
            throw copy.place().unsupported("ADD would unpack '" + source + "'");
        }
    }

    private static void mode(Place place, String mode) {
        try {
            FileMode.of(mode);
        } catch (FilesException e) {
            throw place.mistake(e.reason());
        }
    }

    /** Checks the script of a RUN. */
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

    /** Checks that a source is neither a URL nor a git repository. */
    static void requireLocal(Copy copy, String source) {
        if (source.matches("(?i)(?:https?|git|ssh)://.*|git@[^/]*:.*")) {
            throw copy.isAdd()
                    ? copy.place().unsupported("'" + source + "' is not a file of the project")
                    : copy.place().mistake("'" + source + "' is not a file; copy one of the project");
        }
    }

    /** Checks that a source does not lead out of the context, unless it is in a stage or an image. */
    static void requireInside(Copy copy, String source) {
        if (copy.from().isEmpty() && leavesContext(source)) {
            throw copy.place()
                    .mistake("'" + source + "' is not in the project's folder, which is all that can be copied");
        }
    }

    private static boolean leavesContext(String source) {
        int depth = 0;
        for (String part : source.split("/")) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
