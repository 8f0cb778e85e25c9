package io.github.olympe.maven.text;

/**
 * Makes text from others fit for one line of a log or a message. Line breaks, other control characters and the invisible characters that
 * change the direction of writing are shown as Java writes them ({@code \n}, {@code \u202e}), so that no value can fake a log line or look
 * different from what it is.
 */
public final class OneLine {

    private static final String CUT = " … ";

    private OneLine() {}

    /** Returns the text on one line. */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isPlain(c)) {
                line.appendCodePoint(c);
            } else {
                line.append(escaped(c));
            }
        }
        return line.toString();
    }

    /** Returns the text on one line of at most this many characters. A longer text loses a part before its last third. */
    public static String of(String text, int longest) {
        return cut(of(cut(text, longest)), longest);
    }

    /** Returns whether a text can be shown as it is. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(OneLine::isPlain);
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c);
        };
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int tail = Math.max(0, longest - CUT.length()) / 3;
        int head = Math.max(0, longest - CUT.length() - tail);
        int end = head > 0 && Character.isHighSurrogate(text.charAt(head - 1)) ? head - 1 : head;
        int start = text.length() - tail;
        start += tail > 0 && Character.isLowSurrogate(text.charAt(start)) ? 1 : 0;
        return text.substring(0, end) + CUT + text.substring(start);
    }
}
