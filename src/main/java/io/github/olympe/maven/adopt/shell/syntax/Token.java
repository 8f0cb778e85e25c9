package io.github.olympe.maven.adopt.shell.syntax;

/**
 * A part of a shell line.
 *
 * @param kind what it is
 * @param text the part as it is written; the content of a here-document
 * @param line the line of the file that it begins in
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        WORD,
        OPERATOR,
        HERE_DOCUMENT,
        /** The end of a line. */
        NEWLINE,
        /** The end of the script. */
        END
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }
}
