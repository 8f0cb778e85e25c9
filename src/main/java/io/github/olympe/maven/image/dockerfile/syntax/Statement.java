package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line split into its parts.
 *
 * @param keyword the instruction's name in capitals
 * @param flags the words that begin with {@code --} before anything else, without their quotes
 * @param arguments the rest, as written
 */
record Statement(String keyword, List<String> flags, String arguments) {

    static Statement of(String line, char escape) {
        String text = Whitespace.strip(line);
        int end = Whitespace.firstSeparator(text);
        String keyword = text.substring(0, end).toUpperCase(Locale.ROOT);
        List<String> flags = new ArrayList<>();
        int position = afterSpace(text, end);
        while (text.startsWith("--", position)) {
            StringBuilder word = new StringBuilder();
            position = afterSpace(text, flag(text, position, escape, word));
            if (word.toString().equals("--")) {
                break;
            }
            flags.add(word.toString());
        }
        return new Statement(keyword, List.copyOf(flags), text.substring(position));
    }

    private static int afterSpace(String text, int from) {
        int position = from;
        while (position < text.length() && Whitespace.isSpace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    /** Reads the word at this position without its quotes, and returns where it ends. */
    private static int flag(String text, int start, char escape, StringBuilder word) {
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Whitespace.isSpace(c)) {
                return i;
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c != escape) {
                word.append(c);
            } else if (i + 1 < text.length()) {
                word.append(text.charAt(++i));
            }
        }
        return text.length();
    }
}
