package io.github.olympe.maven.deploy.payload;

import java.util.regex.PatternSyntaxException;

/** Reads the characters of a regular expression of ECMAScript, escaped or not, and writes them for Java. */
abstract class EcmaScriptCharacters {

    /** The expression. */
    final String source;

    /** The Java expression written so far. */
    final StringBuilder java = new StringBuilder();

    /** The next character to read. */
    int at;

    EcmaScriptCharacters(String source) {
        this.source = source;
    }

    /** Reads an escape that stands for one character. */
    final char escapedCharacter() {
        if (at + 1 == source.length()) {
            throw error("a '\\' with nothing after it");
        }
        char c = source.charAt(at + 1);
        switch (c) {
            case 't', 'n', 'r', 'f', 'v' -> {
                at += 2;
                return "\t\n\r\f\u000b".charAt("tnrfv".indexOf(c));
            }
            case 'x' -> {
                return hexadecimal(2);
            }
            case 'u' -> {
                return hexadecimal(4);
            }
            case 'c' -> {
                if (!source.substring(at + 2).matches("(?s)[a-zA-Z].*")) {
                    throw error("a '\\c' without a letter");
                }
                at += 3;
                return (char) (source.charAt(at - 1) % 32);
            }
            case '0' -> {
                if (source.substring(at + 2).matches("(?s)[0-9].*")) {
                    throw error("an octal escape");
                }
                at += 2;
                return 0;
            }
            default -> {
                if (c >= '1' && c <= '9' || c == 'k') {
                    throw error("a back reference '\\" + c + "', which cannot be previewed");
                }
                if (c == 'p' || c == 'P') {
                    throw error("'\\" + c + "', which JavaScript has only with the flag u");
                }
                if (c == 'Q' || c == 'E') {
                    throw error("a quotation '\\Q…\\E', which JavaScript lacks");
                }
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                    throw error("'\\" + c + "', which JavaScript lacks" + (c == 'A' ? " (it writes '^')" : "")
                            + (c == 'Z' || c == 'z' ? " (it writes '$')" : ""));
                }
                at += 2;
                return c;
            }
        }
    }

    private char hexadecimal(int digits) {
        int end = at + 2 + digits;
        if (end > source.length() || !source.substring(at + 2, end).matches("[0-9a-fA-F]+")) {
            throw error("'\\" + source.charAt(at + 1) + "' without " + digits + " hexadecimal digits");
        }
        char c = (char) Integer.parseInt(source.substring(at + 2, end), 16);
        at = end;
        return c;
    }

    /** Writes a character that stands for itself. */
    final void literal(char c) {
        java.append(String.format("\\u%04x", (int) c));
    }

    /** Returns an error at the current position. */
    final PatternSyntaxException error(String description) {
        return new PatternSyntaxException(description, source, at);
    }
}
