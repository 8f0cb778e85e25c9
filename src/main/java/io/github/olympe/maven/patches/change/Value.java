package io.github.olympe.maven.patches.change;

import io.github.olympe.maven.patches.graph.JsonValue;
import io.github.olympe.maven.text.OneLine;

/**
 * The value of a property, or what a relation leads to.
 *
 * @param json the value as JSON; what a relation leads to is given by its name
 * @param shown the value in words
 */
public record Value(String json, String shown) {

    private static final int LONGEST = 80;
    private static final int AROUND = 15;
    private static final String CUT = "…";

    /** Returns a text, shown in quotation marks and shortened. */
    static Value ofText(String text) {
        return new Value(JsonValue.ofText(text), quoted(text));
    }

    /** Returns one of two compared texts. A long text is cut to the place where the two differ. */
    static Value ofText(String text, String other) {
        if (text.length() <= LONGEST && other.length() <= LONGEST) {
            return ofText(text);
        }
        int shorter = Math.min(text.length(), other.length());
        int same = 0;
        while (same < shorter && text.charAt(same) == other.charAt(same)) {
            same++;
        }
        int end = 0;
        while (end < shorter - same && text.charAt(text.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int from = same <= AROUND ? 0 : whole(text, same - AROUND);
        int to = end <= AROUND ? text.length() : whole(text, text.length() - end + AROUND);
        String shown = (from > 0 ? CUT : "") + text.substring(from, to) + (to < text.length() ? CUT : "");
        return new Value(JsonValue.ofText(text), quoted(shown));
    }

    /** The position, or the one before it where it is in the middle of a character of two. */
    private static int whole(String text, int position) {
        return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
    }

    /** Returns a text for a sentence: in quotation marks, on one line, and shortened. */
    static String quoted(String text) {
        return "'" + OneLine.of(text, LONGEST) + "'";
    }

    @Override
    public String toString() {
        return shown;
    }
}
