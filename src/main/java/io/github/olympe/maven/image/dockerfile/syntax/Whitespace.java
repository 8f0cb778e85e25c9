package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;

/** White space as docker sees it: Unicode's white space at the ends of a text and around words, ASCII's between plain arguments. */
final class Whitespace {

    private Whitespace() {}

    static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }

    private static boolean separates(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
    }

    static String stripLeading(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    static String strip(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return stripLeading(text.substring(0, end));
    }

    /** Returns the start of the first run of ASCII white space, or the text's length if there is none. */
    static int firstSeparator(String text) {
        int end = 0;
        while (end < text.length() && !separates(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Returns the text after the run of ASCII white space at this position. */
    static String after(String text, int position) {
        int start = position;
        while (start < text.length() && separates(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** Returns the parts between ASCII white space, whether quoted or not. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            int end = position;
            while (end < text.length() && !separates(text.charAt(end))) {
                end++;
            }
            parts.add(text.substring(position, end));
            while (end < text.length() && separates(text.charAt(end))) {
                end++;
            }
            position = end;
        }
        return parts;
    }
}
