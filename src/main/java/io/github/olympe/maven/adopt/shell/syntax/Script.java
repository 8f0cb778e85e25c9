package io.github.olympe.maven.adopt.shell.syntax;

import io.github.olympe.maven.adopt.found.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Shell lines of a file.
 *
 * @param file the file
 * @param lines the lines
 */
public record Script(String file, List<Line> lines) {

    /**
     * A line.
     *
     * @param number its number in the file
     * @param text its text
     */
    public record Line(int number, String text) {}

    public Script {
        lines = List.copyOf(lines);
    }

    /** Returns consecutive lines of a file. */
    public static Script of(String file, int first, String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(new Line(first + lines.size(), line));
        }
        return new Script(file, lines);
    }

    /** Returns these lines, then those of another script of the file. */
    public Script then(Script next) {
        if (lines.isEmpty()) {
            return next;
        }
        List<Line> all = new ArrayList<>(lines);
        all.addAll(next.lines);
        return new Script(file, all);
    }

    /** Returns the place of a line. */
    public Place place(int number) {
        return new Place(file, number);
    }
}
