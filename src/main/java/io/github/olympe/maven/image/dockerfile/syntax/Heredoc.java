package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A here-document: the lines after an instruction are a file's content or a script. They are not followed.
 *
 * @param end the line that ends it
 * @param indented whether tabs may come before that
 */
record Heredoc(String end, boolean indented) {

    private static final Pattern START = Pattern.compile("[0-9]*<<(-?)\\s*([^<\\s][^<]*)");

    /** An instruction with here-documents. */
    static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient OlympeException refusal;
        private final transient List<Heredoc> documents;

        Found(OlympeException refusal, List<Heredoc> documents) {
            super(refusal);
            this.refusal = refusal;
            this.documents = documents;
        }

        OlympeException refusal() {
            return refusal;
        }

        /** The documents that follow the instruction; none if it is not certain where they end. */
        List<Heredoc> documents() {
            return documents;
        }
    }

    /** Returns whether a line is the one that ends it. */
    boolean endsWith(String line) {
        int start = 0;
        while (indented && start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        return line.substring(start).equals(end);
    }

    /** Throws {@link Found} if a word of the arguments begins a here-document. */
    static void refuse(Place place, String arguments, char escape) {
        if (!arguments.contains("<<")) {
            return;
        }
        List<String> words = Words.split(arguments, escape);
        List<Heredoc> documents = new ArrayList<>();
        boolean apart = false;
        for (int i = 0; i < words.size(); i++) {
            Matcher start = START.matcher(words.get(i));
            if (start.matches()) {
                documents.add(new Heredoc(
                        start.group(2).replaceAll("[\"'\\\\]", ""),
                        !start.group(1).isEmpty()));
            }
            // Docker takes this for no here-document, and gives it to the shell without the lines that follow.
            apart |= words.get(i).matches("[0-9]*<<-?") && i + 1 < words.size();
        }
        if (apart || !documents.isEmpty()) {
            throw new Found(place.unsupported("it has a here-document"), apart ? List.of() : documents);
        }
    }
}
