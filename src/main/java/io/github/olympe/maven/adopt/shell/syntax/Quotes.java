package io.github.olympe.maven.adopt.shell.syntax;

/** Finds where a quoted part of a shell word ends. */
public final class Quotes {

    private Quotes() {}

    /** Returns the offset after the part that begins with the quote or bracket at an offset; the text's end where nothing closes it. */
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

    private static boolean opens(CharSequence text, int at) {
        return at < text.length() && (text.charAt(at) == '(' || text.charAt(at) == '{');
    }
}
