package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import java.util.List;
import java.util.regex.Pattern;

/** A here-document: the lines after an instruction are a file's content or a script. They are not followed. */
final class Heredoc {

    private static final Pattern START = Pattern.compile("[0-9]*<<-?\\s*[^<\\s][^<]*");

    private Heredoc() {}

    /** An instruction with one; nothing after it can be read. */
    static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient OlympeException refusal;

        Found(OlympeException refusal) {
            super(refusal);
            this.refusal = refusal;
        }

        OlympeException refusal() {
            return refusal;
        }
    }

    /** Throws {@link Found} if a word of the arguments begins a here-document. */
    static void refuse(Place place, String arguments, char escape) {
        if (!arguments.contains("<<")) {
            return;
        }
        List<String> words = Words.split(arguments, escape);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean apart = word.matches("[0-9]*<<-?") && i + 1 < words.size();
            if (apart || START.matcher(word).matches()) {
                throw new Found(place.unsupported("it has a here-document"));
            }
        }
    }
}
