package io.github.olympe.maven.adopt.shell.syntax;

/** Finds where a quoted part of a shell word ends. */
public final class Quotes {

    private Quotes() {}

    /** Returns the offset after the part that begins with the quote or bracket at an offset; the text's end if nothing closes it. */
    public static int end(CharSequence text, int start) {
        char open = text.charAt(start);
        return switch (open) {
            case '\'' -> after(text, start, '\'');
            case '"', '`' -> quoted(text, start, open);
            case '(' -> bracket(text, start, ')');
            case '{' -> bracket(text, start, '}');
            default -> start + 1;
        };
    }

    private static int after(CharSequence text, int start, char close) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == close) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int quoted(CharSequence text, int start, char close) {
        int i = start + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == close) {
                return i + 1;
            } else if (close == '"' && c == '$' && opens(text, i + 1)) {
                i = end(text, i + 1);
            } else {
                i++;
            }
        }
        return text.length();
    }

    private static int bracket(CharSequence text, int start, char close) {
        char open = text.charAt(start);
        int depth = 0;
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '\'' || c == '"' || c == '`') {
                i = end(text, i);
            } else {
                depth += c == open ? 1 : c == close ? -1 : 0;
                i++;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return text.length();
    }

    /** Returns the text of a here-document as a word in quotes, in which its own quotes are literal. */
    static String quoted(String document) {
        StringBuilder word = new StringBuilder("\"");
        int i = 0;
        while (i < document.length()) {
            char c = document.charAt(i);
            int end = i + 1;
            if (c == '\\' && document.startsWith("\\\"", i)) {
                word.append("\\\\");
            } else if (c == '\\') {
                end = Math.min(i + 2, document.length());
                word.append(document, i, end);
            } else if (c == '$' && opens(document, i + 1)) {
                end = end(document, i + 1);
                word.append(document, i, end);
            } else {
                word.append(c == '"' ? "\\\"" : String.valueOf(c));
            }
            i = end;
        }
        return word.append('"').toString();
    }

    private static boolean opens(CharSequence text, int at) {
        return at < text.length() && (text.charAt(at) == '(' || text.charAt(at) == '{');
    }
}
